// SPDX-License-Identifier: GPL-2.0-only
/*
 * The private part is given to a member that a module beside this one sets:
 * to functions that use no list.
 */
#include <linux/netdevice.h>

#include "beside.h"

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	xp->bus_write(xp, netdev_mc_count(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

struct net_device *x_alloc(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));

	dev->netdev_ops = &x_ops;
	return dev;
}
EXPORT_SYMBOL_GPL(x_alloc);

/* want: converted */
