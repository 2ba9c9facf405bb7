// SPDX-License-Identifier: GPL-2.0-only
/* uc and mc are taken: by variables, by a macro, by a parameter. */
#include <linux/netdevice.h>

static void x_write(struct net_device *dev, u32 uc)
{
	iowrite32(netdev_uc_count(dev) + uc, netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *dev)
{
	u32 mc = netdev_mc_count(dev);

	x_write(dev, mc);
}

static void y_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *uc, *uc_list;

	netdev_for_each_uc_addr(uc, dev)
		iowrite32(uc->addr[0], netdev_priv(dev));
	netdev_for_each_uc_addr(uc_list, dev)
		iowrite32(uc_list->addr[0], netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/* want: converted */
