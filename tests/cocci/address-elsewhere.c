// SPDX-License-Identifier: GPL-2.0-only
/* A helper's address is given away, elsewhere. */
#include <linux/netdevice.h>

static void x_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_update(dev);
}

void x_later(void (**slot)(struct net_device *dev))
{
	*slot = x_update;	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual address-taken
 * want-hazard: H17 open
 */
