// SPDX-License-Identifier: GPL-2.0-only
/* Called by the other name: no rule finds that call. */
#include <linux/netdevice.h>

#define __called_set_rx_mode called_set_rx_mode

#include "lib_called.c"

void called_resume(struct net_device *dev)
{
	called_set_rx_mode(dev);
}

static const struct net_device_ops called_ops = {
	.ndo_set_rx_mode	= called_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H17 open
 */
