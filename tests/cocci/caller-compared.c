// SPDX-License-Identifier: GPL-2.0-only
/* Who compares the caller's address does not call it. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static int x_open(struct net_device *dev)
{
	x_set_rx_mode(dev);
	return 0;
}

static int x_event(struct net_device *dev)
{
	if (dev->netdev_ops->ndo_open != &x_open || !dev->flags)
		return 0;
	iowrite32(x_open == dev->netdev_ops->ndo_open, netdev_priv(dev));
	return 1;
}

static int x_probe(struct net_device *dev)
{
	return x_event(dev) ? 0 : register_netdev(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
/* want-hazard: H3 mended */
