// SPDX-License-Identifier: GPL-2.0-only
/* Two kinds of card in an array of ops. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toyarray_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toyarray_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toyarray_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops toyarray_ops[2] = {
	{
		.ndo_open		= toyarray_open,
		.ndo_stop		= toyarray_stop,
		.ndo_set_rx_mode	= toyarray_set_rx_mode,
	},
	{
		.ndo_open		= toyarray_open,
		.ndo_set_rx_mode	= toyarray_set_rx_mode,
	},
};

static int __init toyarray_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toyarray_ops[dev->irq & 1];
	return register_netdev(dev);
}
module_init(toyarray_init);

MODULE_DESCRIPTION("array");
MODULE_LICENSE("GPL");
