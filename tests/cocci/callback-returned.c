// SPDX-License-Identifier: GPL-2.0-only
/* Callbacks that call another one: what that returns is returned, at the end. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	if (netdev_mc_empty(dev))
		return;
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void y_set_rx_mode(struct net_device *dev)
{
	x_set_rx_mode(dev);
}

/* Twice: the first time, what is returned is not of interest. */
static void z_set_rx_mode(struct net_device *dev)
{
	if (dev->flags & IFF_PROMISC)
		return;
	if (dev->flags & IFF_ALLMULTI) {
		x_set_rx_mode(dev);
		iowrite32(1, netdev_priv(dev));
	}
	x_set_rx_mode(dev);
}

/* Not the last statement in each case. */
static void w_set_rx_mode(struct net_device *dev)
{
	if (dev->flags & IFF_PROMISC)
		x_set_rx_mode(dev);
}

static const struct net_device_ops ops[] = {
	{ .ndo_set_rx_mode = x_set_rx_mode, },
	{ .ndo_set_rx_mode = y_set_rx_mode, },
	{ .ndo_set_rx_mode = z_set_rx_mode, },
	{ .ndo_set_rx_mode = w_set_rx_mode, },
};

/* want: converted */
