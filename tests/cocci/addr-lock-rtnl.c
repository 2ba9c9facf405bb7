// SPDX-License-Identifier: GPL-2.0-only
/* The sections under the address lock hold rtnl, too. */
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

static int x_stop(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	netif_addr_lock_bh(dev);
	xp->no_mcast = true;
	netif_addr_unlock_bh(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_stop		= x_stop,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 ruled-out
 */
