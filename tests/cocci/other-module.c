// SPDX-License-Identifier: GPL-2.0-only
/* The callback belongs to another module. */
#include <linux/netdevice.h>

void x_set_rx_mode(struct net_device *dev);

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: manual other-module */
