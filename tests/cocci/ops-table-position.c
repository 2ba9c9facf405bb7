// SPDX-License-Identifier: GPL-2.0-only
/* Another one of the structs is set by position. */
#include <linux/netdevice.h>

struct x_hw {
	void (*update)(struct net_device *dev);
};

static void x_update(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
}

static const struct x_hw x_hw = {
	.update = x_update,
};
static const struct x_hw y_hw = { x_update };

static void x_set_rx_mode(struct net_device *dev)
{
	const struct x_hw *hw = netdev_priv(dev);

	hw->update(dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 */
