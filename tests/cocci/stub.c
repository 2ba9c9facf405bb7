// SPDX-License-Identifier: GPL-2.0-only
/* An empty callback: SIOCADDMULTI needs an op to be there. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
