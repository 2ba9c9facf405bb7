// SPDX-License-Identifier: GPL-2.0-only
#include "x_near.h"

static void y_update(struct net_device *dev)
{
	iowrite32(dev->flags, netdev_priv(dev));
}

const struct x_ops y_ops = {
	.update = y_update,
};

static void y_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops y_netdev_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/* want: converted */
