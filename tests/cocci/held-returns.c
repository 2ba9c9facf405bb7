// SPDX-License-Identifier: GPL-2.0-only
/* What is kept under the lock may return as it did, a void value, too. */
#include <linux/netdevice.h>

static void x_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	netif_wake_queue(dev);
}

static void x_set_rx_mode(struct net_device *dev)
{
	if (!netif_running(dev))
		return;
	return x_stop(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H9 mended
 */
