// SPDX-License-Identifier: GPL-2.0-only
/* The address of a list goes to the core and to a function that only reads. */
#include <linux/netdevice.h>

static u32 x_hash(struct netdev_hw_addr_list *list)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0;

	netdev_hw_addr_list_for_each(ha, list)
		hash |= ha->addr[0];
	return hash;
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_hw_addr_list_for_each(ha, &dev->uc)
		iowrite32(ha->addr[0], netdev_priv(dev));
	iowrite32(x_hash(&dev->mc), netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
