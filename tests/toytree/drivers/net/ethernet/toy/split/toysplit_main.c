// SPDX-License-Identifier: GPL-2.0-only
/* The helper lives in another file. */
#include <linux/module.h>
#include <linux/netdevice.h>

#include "toysplit.h"

static int toysplit_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toysplit_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toysplit_set_rx_mode(struct net_device *dev)
{
	toysplit_filter(dev, netdev_priv(dev));
}

static const struct net_device_ops toysplit_ops = {
	.ndo_open		= toysplit_open,
	.ndo_stop		= toysplit_stop,
	.ndo_set_rx_mode	= toysplit_set_rx_mode,
};

static int __init toysplit_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toysplit_ops;
	return register_netdev(dev);
}
module_init(toysplit_init);

MODULE_DESCRIPTION("split");
MODULE_LICENSE("GPL");
