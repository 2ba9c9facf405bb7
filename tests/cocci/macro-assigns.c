// SPDX-License-Identifier: GPL-2.0-only
/* The assignment stands in a macro. */
#include <linux/netdevice.h>

#define X_OPS .ndo_open = NULL, .ndo_set_rx_mode = x_set_rx_mode

static void x_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops x_ops = {
	X_OPS,
};

/* want: manual macro-callback */
