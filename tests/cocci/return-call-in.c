// SPDX-License-Identifier: GPL-2.0-only
/* The callback returns the value of void functions. */
#include <linux/netdevice.h>

static void x_off(struct net_device *dev)
{
	iowrite32(0, netdev_priv(dev));
}

static void x_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *dev)
{
	if (!dev->flags)
		return x_off(dev);
	if (dev->flags & IFF_ALLMULTI)
		return;

	return x_update(dev);
}

static void y_set_rx_mode(struct net_device *dev)
{
	return x_set_rx_mode(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H15 mended
 */
