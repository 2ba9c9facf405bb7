// SPDX-License-Identifier: GPL-2.0-only
/* Lets the core tell what is new and what is gone. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toysync_add(struct net_device *dev, const unsigned char *addr)
{
	iowrite32(addr[5], netdev_priv(dev));
	return 0;
}

static int toysync_del(struct net_device *dev, const unsigned char *addr)
{
	iowrite32(addr[5] | BIT(31), netdev_priv(dev));
	return 0;
}

static int toysync_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toysync_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	__dev_mc_unsync(dev, toysync_del);
	return 0;
}

static void toysync_set_rx_mode(struct net_device *dev)
{
	__dev_mc_sync(dev, toysync_add, toysync_del);
}

static const struct net_device_ops toysync_ops = {
	.ndo_open		= toysync_open,
	.ndo_stop		= toysync_stop,
	.ndo_set_rx_mode	= toysync_set_rx_mode,
};

static int __init toysync_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toysync_ops;
	return register_netdev(dev);
}
module_init(toysync_init);

MODULE_DESCRIPTION("sync");
MODULE_LICENSE("GPL");
