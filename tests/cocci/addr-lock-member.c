// SPDX-License-Identifier: GPL-2.0-only
/* The lock by its member's name. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_stop(struct net_device *dev)
{
	spin_lock_bh(&dev->addr_list_lock);
	iowrite32(0, netdev_priv(dev));
	spin_unlock_bh(&dev->addr_list_lock);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 mended
 */
