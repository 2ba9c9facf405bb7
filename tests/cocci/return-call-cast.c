// SPDX-License-Identifier: GPL-2.0-only
/* The callback returns what is no call that could stand by itself. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	return (void)netdev_mc_count(dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual return-call
 * want-hazard: H15 open
 */
