// SPDX-License-Identifier: GPL-2.0-only
/* The parameter is given a new value on the way. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *master;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	if (xp->master)
		dev = xp->master;
	netdev_for_each_mc_addr(ha, dev)	/* here */
		iowrite32(ha->addr[0], xp);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual foreign-list
 * want-hazard: H1 open
 */
