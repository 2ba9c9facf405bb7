// SPDX-License-Identifier: GPL-2.0-only
/* A macro hides a list. */
#include <linux/netdevice.h>

#define X_GROUPS(dev) (netdev_mc_count(dev) + 1)

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(X_GROUPS(dev), netdev_priv(dev));	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H1 open
 */
