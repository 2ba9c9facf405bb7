// SPDX-License-Identifier: GPL-2.0-only
/* An empty pair waits for the callback to end. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_stop(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	netif_addr_unlock_bh(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 mended
 */
