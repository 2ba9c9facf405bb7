// SPDX-License-Identifier: GPL-2.0-only
/* The macro that calls it takes so many arguments and no more. */
#include <linux/netdevice.h>

struct x_hw {
	void (*update)(struct net_device *dev);
};

#define x_do_update(hw, dev) (hw)->update(dev)

static void x_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct x_hw x_hw = {
	.update = x_update,
};

static void x_set_rx_mode(struct net_device *dev)
{
	const struct x_hw *hw = netdev_priv(dev);

	x_do_update(hw, dev);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H1 open
 */
