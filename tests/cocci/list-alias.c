// SPDX-License-Identifier: GPL-2.0-only
/* A variable that is but another name for the list. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr_list *mcptr = &dev->mc;
	void *regs = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	if (netdev_hw_addr_list_count(mcptr) > 4)
		iowrite32(1, regs);
	netdev_hw_addr_list_for_each(ha, mcptr)
		iowrite32(ha->addr[0], regs);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
