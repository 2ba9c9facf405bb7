// SPDX-License-Identifier: GPL-2.0-only
/* Looks into the counts of an entry. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		if (ha->refcount > 1)	/* here */
			iowrite32(1, netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ref-sync
 * want-hazard: H20 open
 */
