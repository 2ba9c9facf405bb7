// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "lib_shared.c"

static void a_set_rx_mode(struct net_device *dev)
{
	__shared_set_rx_mode(dev);
}

static const struct net_device_ops a_ops = {
	.ndo_set_rx_mode	= a_set_rx_mode,
};

/* want: converted */
