// SPDX-License-Identifier: GPL-2.0-only
/* Hands its addresses on to the device below. */
#include <linux/module.h>
#include <linux/netdevice.h>

struct toystack {
	struct net_device *lower;
};

static int toystack_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toystack_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void toystack_set_rx_mode(struct net_device *dev)
{
	struct toystack *stack = netdev_priv(dev);

	dev_uc_sync(stack->lower, dev);
	dev_mc_sync(stack->lower, dev);
}

static const struct net_device_ops toystack_ops = {
	.ndo_open		= toystack_open,
	.ndo_stop		= toystack_stop,
	.ndo_set_rx_mode	= toystack_set_rx_mode,
};

static int __init toystack_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toystack_ops;
	return register_netdev(dev);
}
module_init(toystack_init);

MODULE_DESCRIPTION("stack");
MODULE_LICENSE("GPL");
