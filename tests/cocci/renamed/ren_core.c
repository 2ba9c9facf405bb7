// SPDX-License-Identifier: GPL-2.0-only
/* The source's function as one that others may use. */
#include <linux/netdevice.h>

#include "ren.h"
#include "lib_ren.c"

void ren_set_rx_mode(struct net_device *dev)
{
	__ren_set_rx_mode(dev);
}
EXPORT_SYMBOL(ren_set_rx_mode);

/* want: converted */
