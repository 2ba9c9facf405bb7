// SPDX-License-Identifier: GPL-2.0-only
/*
 * Comments and strings that only speak of it:
 *	.ndo_set_rx_mode = x_set_rx_mode,
 */
#include <linux/netdevice.h>

/* ops->ndo_set_rx_mode(dev) once was called dev->set_multicast_list(). */
static const char x_text[] = ".ndo_set_rx_mode = x_set_rx_mode,";
// .ndo_set_rx_mode = nobody,

static void x_set_rx_mode(struct net_device *dev)
{
	/* netdev_for_each_mc_addr(ha, dev) is for others. */
	pr_debug("netdev_mc_count(dev) x_set_rx_mode(dev) %d %s\n",
		 netdev_mc_count(dev), x_text);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
