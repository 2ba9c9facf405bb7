// SPDX-License-Identifier: GPL-2.0-only
/* Its array declarator carries an attribute, which spatch does not read. */
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
	u32 filter[16] __attribute__((aligned(sizeof(long))));
	struct netdev_hw_addr *ha;
	int i = 0;

	memset(filter, 0, sizeof(filter));
	netdev_for_each_mc_addr(ha, dev)
		filter[i++ & 15] = ha->addr[5];
	iowrite32(filter[0], netdev_priv(dev));
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
