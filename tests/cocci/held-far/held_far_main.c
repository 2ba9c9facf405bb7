// SPDX-License-Identifier: GPL-2.0-only
/* A direct call from another file, which would not see the body. */
#include <linux/netdevice.h>

#include "held_far.h"

static int f_open(struct net_device *dev)
{
	f_set_rx_mode(dev);
	return 0;
}

static const struct net_device_ops f_ops = {
	.ndo_open		= f_open,
	.ndo_set_rx_mode	= f_set_rx_mode,
};

/*
 * want: manual tx-queue
 * want-hazard: H9 open
 * want-hazard: H3 mended
 */
