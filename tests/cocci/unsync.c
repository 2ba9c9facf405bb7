// SPDX-License-Identifier: GPL-2.0-only
/* Unsyncs inside the callback. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	__dev_mc_unsync(dev, NULL);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ref-sync
 * want-hazard: H20 open
 */
