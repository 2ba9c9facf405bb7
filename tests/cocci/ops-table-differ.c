// SPDX-License-Identifier: GPL-2.0-only
/* The functions behind it use the lists of different devices. */
#include <linux/netdevice.h>

struct x_hw {
	void (*update)(struct net_device *dev, struct net_device *other); /* here */
};

static void x_update(struct net_device *dev, struct net_device *other)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static void y_update(struct net_device *dev, struct net_device *other)
{
	iowrite32(netdev_mc_count(other), netdev_priv(dev));
}

static const struct x_hw x_hw = {
	.update = x_update,
};
static const struct x_hw y_hw = {
	.update = y_update,
};

static void x_set_rx_mode(struct net_device *dev)
{
	const struct x_hw *hw = netdev_priv(dev);

	hw->update(dev, dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 */
