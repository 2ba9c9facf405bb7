// SPDX-License-Identifier: GPL-2.0-only
/* The included source calls what stands in front of it. */
#include <linux/netdevice.h>

static void inc_program(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

#include "lib_inc.c"

static void inc_kick(struct net_device *dev)
{
	iowrite32(0, netdev_priv(dev));
}

static const struct net_device_ops inc_ops = {
	.ndo_set_rx_mode	= inc_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H1 open
 */
