// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "toysplit.h"

void toysplit_filter(struct net_device *dev, void *io)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[5], io);
}
