// SPDX-License-Identifier: GPL-2.0-only
/* A function of the callback's name in another file is another function. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

const struct net_device_ops one_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
