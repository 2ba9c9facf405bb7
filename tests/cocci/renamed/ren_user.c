// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "ren.h"

static const struct net_device_ops user_ops = {
	.ndo_set_rx_mode	= ren_set_rx_mode,
};
