// SPDX-License-Identifier: GPL-2.0-only
/* Another module sets it, too: its file is converted with this one. */
#include "x.h"

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

	ops->update(dev);
}

static const struct net_device_ops x_netdev_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 */
