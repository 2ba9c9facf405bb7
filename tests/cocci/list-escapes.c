// SPDX-License-Identifier: GPL-2.0-only
/* The whole list is handed to other code. */
#include <linux/netdevice.h>

void other_code(void *hw, struct netdev_hw_addr_list *list);

static void x_set_rx_mode(struct net_device *dev)
{
	other_code(netdev_priv(dev), &dev->mc);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual list-escapes
 * want-hazard: H1 open
 * want-hazard: H22 open
 */
