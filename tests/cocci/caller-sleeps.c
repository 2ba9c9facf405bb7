// SPDX-License-Identifier: GPL-2.0-only
/* The callee sleeps, two levels down: no lock around it. */
#include <linux/netdevice.h>

static void x_settle(void)
{
	msleep(1);
}

static void x_write(struct net_device *dev)
{
	iowrite32(1, netdev_priv(dev));
	x_settle();
}

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	x_write(dev);
}

static int x_open(struct net_device *dev)
{
	x_set_rx_mode(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 open
 */
