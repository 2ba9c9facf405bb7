// SPDX-License-Identifier: GPL-2.0-only
/* Each address of the list is put into that of a lower device. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *lower;
};

static int x_sync(struct net_device *dev, const unsigned char *addr)
{
	struct x_priv *xp = netdev_priv(dev);

	return dev_mc_add(xp->lower, addr);
}

static void x_set_rx_mode(struct net_device *dev)
{
	__dev_mc_sync(dev, x_sync, NULL);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: kept stacked
 * want-hazard: H19 open
 */
