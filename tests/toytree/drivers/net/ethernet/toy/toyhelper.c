// SPDX-License-Identifier: GPL-2.0-only
/* A helper of the same file walks. */
#include <linux/module.h>
#include <linux/netdevice.h>

#define RX_MODE 0x10
#define RX_HASH 0x14

static int toyhelper_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toyhelper_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static u32 toyhelper_hash(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0;

	netdev_for_each_mc_addr(ha, dev)
		hash |= BIT(ether_crc(ETH_ALEN, ha->addr) >> 27);
	return hash;
}

static void toyhelper_set_rx_mode(struct net_device *dev)
{
	iowrite32(toyhelper_hash(dev), netdev_priv(dev));
}

static const struct net_device_ops toyhelper_ops = {
	.ndo_open		= toyhelper_open,
	.ndo_stop		= toyhelper_stop,
	.ndo_set_rx_mode	= toyhelper_set_rx_mode,
};

static int __init toyhelper_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toyhelper_ops;
	return register_netdev(dev);
}
module_init(toyhelper_init);

MODULE_DESCRIPTION("helper");
MODULE_LICENSE("GPL");
