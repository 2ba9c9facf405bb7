// SPDX-License-Identifier: GPL-2.0-only
/* An attribute of an array: spatch is told that there is one. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	u8 frame[2] __attribute__((aligned(sizeof(long))));
	struct netdev_hw_addr *ha;

	frame[0] = 0;
	netdev_for_each_mc_addr(ha, dev)
		frame[0] |= ha->addr[0];
	iowrite32(frame[0], netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
