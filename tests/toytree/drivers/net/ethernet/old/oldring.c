// SPDX-License-Identifier: GPL-2.0-only
/* The body of its loop looks like a multiplication to spatch. */
#include <linux/module.h>
#include <linux/netdevice.h>

static int oldring_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int oldring_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void oldring_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0, *p = &hash;

	netdev_for_each_mc_addr(ha, dev)
		*p |= 1u << (ha->addr[5] & 31);
	iowrite32(hash, netdev_priv(dev));
}

static const struct net_device_ops oldring_ops = {
	.ndo_open		= oldring_open,
	.ndo_stop		= oldring_stop,
	.ndo_set_rx_mode	= oldring_set_rx_mode,
};

static int __init oldring_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &oldring_ops;
	return register_netdev(dev);
}
module_init(oldring_init);

MODULE_DESCRIPTION("ring");
MODULE_LICENSE("GPL");
