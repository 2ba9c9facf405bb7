// SPDX-License-Identifier: GPL-2.0-only
/* The walk is in a function that is passed to another one. */
#include <linux/netdevice.h>

static void x_update(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
}

static void x_exec(struct net_device *dev, void (*prepare)(struct net_device *))
{
	prepare(dev);
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_exec(dev, x_update);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 */
