// SPDX-License-Identifier: GPL-2.0-only
/* Called through a macro that passes on what it is given. */
#include "x_mac.h"

static void x_mac_set_filter(struct x_hw *hw, struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], hw);
}

const struct x_mac x_mac = {
	.set_filter	= x_mac_set_filter,
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *priv = netdev_priv(dev);

	x_set_filter(priv, priv->hw, dev);
}

static int x_change_mtu(struct net_device *dev, int mtu)
{
	struct x_priv *priv = netdev_priv(dev);

	x_stop(priv, priv->hw);
	return x_set_filter(priv, priv->hw, dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
	.ndo_change_mtu		= x_change_mtu,
};

/*
 * want: converted
 * want-hazard: H3 open
 */
