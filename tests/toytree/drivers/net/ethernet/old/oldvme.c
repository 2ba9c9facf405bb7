// SPDX-License-Identifier: GPL-2.0-only
/* Builds for m68k only: no other machine has that header. */
#include <linux/module.h>
#include <linux/netdevice.h>

#include <asm/vme.h>

static int oldvme_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int oldvme_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void oldvme_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev) | VME_LEVEL, netdev_priv(dev));
}

static const struct net_device_ops oldvme_ops = {
	.ndo_open		= oldvme_open,
	.ndo_stop		= oldvme_stop,
	.ndo_set_rx_mode	= oldvme_set_rx_mode,
};

static int __init oldvme_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &oldvme_ops;
	return register_netdev(dev);
}
module_init(oldvme_init);

MODULE_DESCRIPTION("vme");
MODULE_LICENSE("GPL");
