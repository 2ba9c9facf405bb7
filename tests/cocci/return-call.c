// SPDX-License-Identifier: GPL-2.0-only
/* A caller returns the value of the void function. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_resume(struct net_device *dev)
{
	return x_set_rx_mode(dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual return-call
 * want-hazard: H15 open
 */
