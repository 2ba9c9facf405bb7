// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "split.h"

void split_write_groups(struct net_device *dev, void *regs)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], regs);
}

void split_set_rx_mode(struct net_device *dev)
{
	split_write_groups(dev, netdev_priv(dev));
}
