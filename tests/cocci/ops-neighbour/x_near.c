// SPDX-License-Identifier: GPL-2.0-only
/* Another module sets it, too: it has callbacks of its own. */
#include "x_near.h"

static void x_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

const struct x_ops x_ops = {
	.update = x_update,
};

static void x_set_rx_mode(struct net_device *dev)
{
	const struct x_ops *ops = netdev_priv(dev);

	ops->update(dev);	/* here */
}

static const struct net_device_ops x_netdev_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 */
