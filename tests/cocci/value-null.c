// SPDX-License-Identifier: GPL-2.0-only
/* A second struct sets it to NULL. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= NULL,	/* here */
};

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: manual callback-value */
