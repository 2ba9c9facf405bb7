// SPDX-License-Identifier: GPL-2.0-only
/* Takes rtnl, one level down. */
#include <linux/netdevice.h>

static void x_update(struct net_device *dev)
{
	rtnl_lock();	/* here */
	iowrite32(1, netdev_priv(dev));
	rtnl_unlock();
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_update(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual rtnl
 * want-hazard: H10 open
 */
