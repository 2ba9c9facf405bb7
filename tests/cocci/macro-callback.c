// SPDX-License-Identifier: GPL-2.0-only
/* The callback's name is put together by a macro. */
#include <linux/netdevice.h>

#define X(name) x_ ## name

static void X(set_rx_mode)(struct net_device *dev)
{
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= X(set_rx_mode),
};

/* want: manual macro-callback */
