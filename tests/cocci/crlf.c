// SPDX-License-Identifier: GPL-2.0-only
/* Lines that end with CR and LF. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	if (netdev_mc_empty(dev))
		return;
	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
