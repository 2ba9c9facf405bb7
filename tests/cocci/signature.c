// SPDX-License-Identifier: GPL-2.0-only
/* Its return type is hidden by a macro. */
#include <linux/netdevice.h>

#define X_VOID void

static X_VOID x_set_rx_mode(struct net_device *dev)	/* here */
{
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: manual signature */
