// SPDX-License-Identifier: GPL-2.0-only
/* The address lock keeps the callback out of a section elsewhere: it is kept. */
#include <linux/netdevice.h>

struct x_priv {
	bool no_mcast;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (xp->no_mcast)
		return;
	iowrite32(netdev_mc_count(dev), xp);
}

void x_reset(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	netif_addr_lock_bh(dev);
	xp->no_mcast = true;
	netif_addr_unlock_bh(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 mended
 */
