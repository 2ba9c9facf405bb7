// SPDX-License-Identifier: GPL-2.0-only
/* The lower device's mode follows. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *lower;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	dev_set_promiscuity(xp->lower, 1);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: kept stacked
 * want-hazard: H19 open
 */
