// SPDX-License-Identifier: GPL-2.0-only
/* The callback of another file, which gets a body of its own there. */
#include <linux/netdevice.h>

#include "held.h"

static const struct net_device_ops h_ops = {
	.ndo_set_rx_mode	= h_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 mended
 * want-hazard: H26 ruled-out
 */
