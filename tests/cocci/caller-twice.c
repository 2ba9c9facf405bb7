// SPDX-License-Identifier: GPL-2.0-only
/* Twice in one function: locked both times, or neither. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void y_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_uc_count(dev), netdev_priv(dev));
}

static int x_open(struct net_device *dev)
{
	x_set_rx_mode(dev);
	if (dev->mtu > 1500) {
		x_set_rx_mode(dev);
		return -EBUSY;
	}
	return 0;
}

static int y_open(struct net_device *dev)
{
	y_set_rx_mode(dev);
	if (dev->mtu > 1500)
		y_set_rx_mode( dev );
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_open		= y_open,
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 mended
 * want-hazard: H3 open
 */
