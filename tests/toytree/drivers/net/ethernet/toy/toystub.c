// SPDX-License-Identifier: GPL-2.0-only
/* The callback is empty: only its being there matters. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toystub_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toystub_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toystub_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops toystub_ops = {
	.ndo_open		= toystub_open,
	.ndo_stop		= toystub_stop,
	.ndo_set_rx_mode	= toystub_set_rx_mode,
};

static int __init toystub_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toystub_ops;
	return register_netdev(dev);
}
module_init(toystub_init);

MODULE_DESCRIPTION("stub");
MODULE_LICENSE("GPL");
