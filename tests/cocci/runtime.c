// SPDX-License-Identifier: GPL-2.0-only
/* Assigned at run time, through a struct and through a pointer. */
#include <linux/netdevice.h>

static struct net_device_ops x_ops;

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void y_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_uc_count(dev), netdev_priv(dev));
}

int x_probe(struct net_device *dev, struct net_device_ops *ops)
{
	if (dev->mtu)
		x_ops.ndo_set_rx_mode = &x_set_rx_mode;
	else
		ops->ndo_set_rx_mode = y_set_rx_mode;
	dev->netdev_ops = &x_ops;
	return register_netdev(dev);
}

/* want: converted */
