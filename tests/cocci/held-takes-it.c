// SPDX-License-Identifier: GPL-2.0-only
/* A helper takes the address lock of another device: it can't be held around. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *other;
	u32 filter;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	netif_addr_lock_bh(xp->other);	/* here */
	xp->filter = netdev_mc_count(dev);
	netif_addr_unlock_bh(xp->other);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual addr-lock
 * want-hazard: H8 open
 */
