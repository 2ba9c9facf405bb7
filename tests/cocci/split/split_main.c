// SPDX-License-Identifier: GPL-2.0-only
/* The ops here; the callback and its helper are in another file. */
#include <linux/netdevice.h>

#include "split.h"

static const struct net_device_ops split_ops = {
	.ndo_set_rx_mode	= split_set_rx_mode,
};

/* want: converted */
