// SPDX-License-Identifier: GPL-2.0-only
/* The member is set when the card is known. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toyruntime_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toyruntime_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toyruntime_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static struct net_device_ops toyruntime_ops = {
	.ndo_open	= toyruntime_open,
	.ndo_stop	= toyruntime_stop,
};

static int __init toyruntime_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	if (dev->flags & IFF_MULTICAST)
		toyruntime_ops.ndo_set_rx_mode = toyruntime_set_rx_mode;
	dev->netdev_ops = &toyruntime_ops;
	return register_netdev(dev);
}
module_init(toyruntime_init);

MODULE_DESCRIPTION("runtime");
MODULE_LICENSE("GPL");
