// SPDX-License-Identifier: GPL-2.0-only
/* A function that walks is passed on. */
#include <linux/netdevice.h>

static void x_run(void (*fn)(struct net_device *dev), struct net_device *dev)
{
	fn(dev);
}

static void x_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_run(x_update, dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 */
