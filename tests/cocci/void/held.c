// SPDX-License-Identifier: GPL-2.0-only
/* Stops the queue, works on the chip, wakes the queue: all of it as before. */
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

/*
 * want: converted
 * want-hazard: H9 mended
 */
