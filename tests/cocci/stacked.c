// SPDX-License-Identifier: GPL-2.0-only
/* Synced to a lower device. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *lower;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	dev_mc_sync(xp->lower, dev);	/* here */
	dev_uc_sync(xp->lower, dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: kept stacked
 * want-hazard: H19 open
 */
