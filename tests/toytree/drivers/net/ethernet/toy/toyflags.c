// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the flags only. */
#include <linux/module.h>
#include <linux/netdevice.h>

#define RX_MODE 0x10
#define RX_HASH 0x14

static int toyflags_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toyflags_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toyflags_set_rx_mode(struct net_device *dev)
{
	void *io = netdev_priv(dev);
	u32 mode = 0;

	if (dev->flags & IFF_PROMISC)
		mode = 3;
	else if (dev->flags & IFF_ALLMULTI)
		mode = 1;
	iowrite32(mode, io);
}

static const struct net_device_ops toyflags_ops = {
	.ndo_open		= toyflags_open,
	.ndo_stop		= toyflags_stop,
	.ndo_set_rx_mode	= toyflags_set_rx_mode,
};

static int __init toyflags_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toyflags_ops;
	return register_netdev(dev);
}
module_init(toyflags_init);

MODULE_DESCRIPTION("flags");
MODULE_LICENSE("GPL");
