// SPDX-License-Identifier: GPL-2.0-only
/* Walks the list itself. */
#include <linux/module.h>
#include <linux/netdevice.h>

#define RX_MODE 0x10
#define RX_HASH 0x14

static int toywalk_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toywalk_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

/**
 * toywalk_set_rx_mode - program the hash filter
 * @dev: the device
 */
static void toywalk_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	void *io = netdev_priv(dev);
	u32 hash = 0;

	if (netdev_mc_count(dev) > 32)
		return;

	netdev_for_each_mc_addr(ha, dev)
		hash |= BIT(ether_crc(ETH_ALEN, ha->addr) >> 27);
	iowrite32(hash, io);
}

static const struct net_device_ops toywalk_ops = {
	.ndo_open		= toywalk_open,
	.ndo_stop		= toywalk_stop,
	.ndo_set_rx_mode	= toywalk_set_rx_mode,
};

static int __init toywalk_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toywalk_ops;
	return register_netdev(dev);
}
module_init(toywalk_init);

MODULE_DESCRIPTION("walk");
MODULE_LICENSE("GPL");
