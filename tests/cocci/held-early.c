// SPDX-License-Identifier: GPL-2.0-only
/* Both the ops struct and a caller stand before the callback. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev);

int x_resume(struct net_device *dev)
{
	netif_addr_lock_bh(dev);	/* here */
	x_set_rx_mode(dev);
	netif_addr_unlock_bh(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

/*
 * want: manual addr-lock
 * want-hazard: H8 open
 * want-hazard: H3 ruled-out
 */
