// SPDX-License-Identifier: GPL-2.0-only
/* The same arguments, written apart: one of the calls is under a lock. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	struct net_device *netdev;
};

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void x_reset(struct x_priv *xp)
{
	x_set_rx_mode(xp->netdev);
	spin_lock_bh(&xp->lock);
	x_set_rx_mode(xp -> netdev);
	spin_unlock_bh(&xp->lock);
}

static int x_open(struct net_device *dev)
{
	x_reset(netdev_priv(dev));
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 open
 * want-hazard: H6 ruled-out
 */
