// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "lib_shared.c"

static const struct net_device_ops b_ops = {
	.ndo_set_rx_mode	= __shared_set_rx_mode,
};
