// SPDX-License-Identifier: GPL-2.0-only
/* Written in a café, by André. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int oldcafe_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int oldcafe_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

/* Não muda: the filter of the café */
static void oldcafe_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[5], netdev_priv(dev));
}

static const struct net_device_ops oldcafe_ops = {
	.ndo_open		= oldcafe_open,
	.ndo_stop		= oldcafe_stop,
	.ndo_set_rx_mode	= oldcafe_set_rx_mode,
};

static int __init oldcafe_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &oldcafe_ops;
	return register_netdev(dev);
}
module_init(oldcafe_init);

MODULE_DESCRIPTION("cafe");
MODULE_LICENSE("GPL");
