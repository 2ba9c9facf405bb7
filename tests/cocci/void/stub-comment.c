// SPDX-License-Identifier: GPL-2.0-only
/* Nothing but a comment in it, and one line. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	/* The chip filters nothing. */
}

static void y_set_rx_mode(struct net_device *dev) { }

static void z_set_rx_mode(struct net_device *dev)
{ return; }

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

static const struct net_device_ops z_ops = {
	.ndo_set_rx_mode	= z_set_rx_mode,
};

/* want: converted */
