// SPDX-License-Identifier: GPL-2.0-only
/* An array of ops structs. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_uc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops x_ops[2] = {
	{
		.ndo_open		= NULL,
		.ndo_set_rx_mode	= x_set_rx_mode,
	},
	{
		.ndo_set_rx_mode	= x_set_rx_mode,
		.ndo_open		= NULL,
	},
};

static const struct net_device_ops y_ops[] = {
	[1] = {
		.ndo_set_rx_mode	= x_set_rx_mode,
	},
};

/* want: converted */
