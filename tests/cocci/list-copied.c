// SPDX-License-Identifier: GPL-2.0-only
/* The list's own member is read. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	for (ha = dev->mc.first; ha; ha = ha->next)	/* here */
		iowrite32(ha->addr[0], netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual list-escapes
 * want-hazard: H22 open
 */
