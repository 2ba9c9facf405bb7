// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#define __ren_set_rx_mode own_set_rx_mode

#include "lib_ren.c"

static const struct net_device_ops own_ops = {
	.ndo_set_rx_mode	= own_set_rx_mode,
};
