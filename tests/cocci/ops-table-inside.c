// SPDX-License-Identifier: GPL-2.0-only
/* The struct is inside another one, and set by position there. */
#include <linux/netdevice.h>

struct x_hw {
	void (*update)(struct net_device *dev);
};

struct x_board {
	int id;
	struct x_hw hw;
};

static void x_update(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
}

const struct x_hw x_hw = {
	.update = x_update,
};
const struct x_board x_board = {
	.id = 1,
	.hw = { x_update },
};

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
