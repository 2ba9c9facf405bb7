// SPDX-License-Identifier: GPL-2.0-only
/* Forward declarations: same name, other name, no name; helpers, too. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev);
static void y_set_rx_mode(struct net_device *netdev);
static void z_set_rx_mode(struct net_device *);
static void x_filter_multicast_groups(struct net_device *dev, void *regs);
static int y_count(struct net_device *netdev);
static int z_count(struct net_device *, int);

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

static const struct net_device_ops z_ops = {
	.ndo_set_rx_mode	= z_set_rx_mode,
};

static void x_set_rx_mode(struct net_device *dev)
{
	x_filter_multicast_groups(dev, netdev_priv(dev));
}

static void y_set_rx_mode(struct net_device *dev)
{
	iowrite32(y_count(dev), netdev_priv(dev));
}

static void z_set_rx_mode(struct net_device *dev)
{
	iowrite32(z_count(dev, 2), netdev_priv(dev));
}

static void x_filter_multicast_groups(struct net_device *dev, void *regs)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], regs);
}

static int y_count(struct net_device *dev)
{
	return netdev_uc_count(dev) + netdev_mc_count(dev);
}

static int z_count(struct net_device *dev, int n)
{
	return n * netdev_uc_count(dev);
}

/* want: converted */
