// SPDX-License-Identifier: GPL-2.0-only
/*
 * Has no callback, but talks of it:
 *	.ndo_set_rx_mode	= toymention_set_rx_mode,
 */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toymention_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toymention_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static const char *toymention_help(void)
{
	return "set .ndo_set_rx_mode = toymention_set_rx_mode, then ifup";
}

static const struct net_device_ops toymention_ops = {
	.ndo_open	= toymention_open,
	.ndo_stop	= toymention_stop,
	/* .ndo_set_rx_mode = toymention_set_rx_mode, */
};

static int __init toymention_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toymention_ops;
	dev->priv = (void *)toymention_help();
	return register_netdev(dev);
}
module_init(toymention_init);

MODULE_DESCRIPTION("mention");
MODULE_LICENSE("GPL");
