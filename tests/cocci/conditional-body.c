// SPDX-License-Identifier: GPL-2.0-only
/* Conditions inside the body do no harm. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
#ifdef CONFIG_X
	struct netdev_hw_addr *ha;

	if (netdev_mc_empty(dev))
		return;
	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
#else
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
#endif
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
