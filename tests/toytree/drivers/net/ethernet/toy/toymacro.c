// SPDX-License-Identifier: GPL-2.0-only
/* A macro makes the callback. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toymacro_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toymacro_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

#define TOY_RX_MODE(name, bits)						\
static void name##_set_rx_mode(struct net_device *dev)			\
{									\
	iowrite32(netdev_mc_count(dev) ? (bits) : 0, netdev_priv(dev));	\
}

TOY_RX_MODE(toymacro, 5)

static const struct net_device_ops toymacro_ops = {
	.ndo_open		= toymacro_open,
	.ndo_stop		= toymacro_stop,
	.ndo_set_rx_mode	= toymacro_set_rx_mode,
};

static int __init toymacro_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toymacro_ops;
	return register_netdev(dev);
}
module_init(toymacro_init);

MODULE_DESCRIPTION("macro");
MODULE_LICENSE("GPL");
