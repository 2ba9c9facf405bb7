// SPDX-License-Identifier: GPL-2.0-only
/* Asks how many addresses there are. */
#include <linux/module.h>
#include <linux/netdevice.h>

#define RX_MODE 0x10
#define RX_HASH 0x14

static int toycount_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toycount_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toycount_set_rx_mode(struct net_device *dev)
{
	void *io = netdev_priv(dev);

	if (dev->flags & IFF_PROMISC) {
		iowrite32(3, io);
		return;
	}
	if (netdev_mc_count(dev) > 8 || !netdev_uc_empty(dev))
		iowrite32(2, io);
	else if (!netdev_mc_empty(dev))
		iowrite32(1, io);
}

static const struct net_device_ops toycount_ops = {
	.ndo_open		= toycount_open,
	.ndo_stop		= toycount_stop,
	.ndo_set_rx_mode	= toycount_set_rx_mode,
};

static int __init toycount_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toycount_ops;
	return register_netdev(dev);
}
module_init(toycount_init);

MODULE_DESCRIPTION("count");
MODULE_LICENSE("GPL");
