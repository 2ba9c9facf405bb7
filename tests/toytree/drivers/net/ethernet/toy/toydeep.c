// SPDX-License-Identifier: GPL-2.0-only
/* Helpers of helpers; one is declared before it is defined. */
#include <linux/module.h>
#include <linux/netdevice.h>

#define RX_MODE 0x10
#define RX_HASH 0x14

static void toydeep_fill(struct net_device *dev, u32 *slots, int room);

static int toydeep_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toydeep_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static int toydeep_program(struct net_device *dev, int room)
{
	u32 slots[16];

	memset(slots, 0, sizeof(slots));
	if (netdev_uc_count(dev) + netdev_mc_count(dev) > room)
		return -EINVAL;

	toydeep_fill(dev, slots, room);
	iowrite32(slots[0], netdev_priv(dev));
	return 0;
}

static void toydeep_fill(struct net_device *dev, u32 *slots, int room)
{
	struct netdev_hw_addr *ha;
	int n = 0;

	netdev_for_each_uc_addr(ha, dev)
		slots[n++ % room] = ha->addr[5];
	netdev_for_each_mc_addr(ha, dev)
		slots[n++ % room] = ha->addr[5];
}

static void toydeep_set_rx_mode(struct net_device *dev)
{
	if (toydeep_program(dev, 16))
		iowrite32(3, netdev_priv(dev));
}

static const struct net_device_ops toydeep_ops = {
	.ndo_open		= toydeep_open,
	.ndo_stop		= toydeep_stop,
	.ndo_set_rx_mode	= toydeep_set_rx_mode,
};

static int __init toydeep_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toydeep_ops;
	return register_netdev(dev);
}
module_init(toydeep_init);

MODULE_DESCRIPTION("deep");
MODULE_LICENSE("GPL");
