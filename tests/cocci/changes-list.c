// SPDX-License-Identifier: GPL-2.0-only
/* Adds to the list of a device. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	dev_mc_add(dev, dev->dev_addr);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual changes-list
 * want-hazard: H22 open
 */
