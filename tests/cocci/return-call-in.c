// SPDX-License-Identifier: GPL-2.0-only
/* The callback returns the value of a void function. */
#include <linux/netdevice.h>

static void x_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *dev)
{
	return x_update(dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual return-call
 * want-hazard: H15 open
 */
