// SPDX-License-Identifier: GPL-2.0-only
/* More than a blank line behind the body: none is added to those. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	netif_stop_queue(dev);
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	netif_wake_queue(dev);
}


static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static void y_set_rx_mode(struct net_device *dev)
{
	netif_stop_queue(dev);
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	netif_wake_queue(dev);
}



/* The operations. */
static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H9 mended
 */
