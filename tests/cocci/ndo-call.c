// SPDX-License-Identifier: GPL-2.0-only
/* Called through the struct: would be a NULL call, and compile. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_debug(struct net_device *dev)
{
	if (dev->mtu)
		dev->netdev_ops->ndo_set_rx_mode(dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ndo-call
 * want-hazard: H18 open
 */
