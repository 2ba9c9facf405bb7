// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "elsewhere.h"

static int x_mac_set_hash(struct net_device *dev, struct x_mac *mac)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], mac);
	return 0;
}

void x_mac_init(struct x_mac *mac)
{
	mac->set_hash = x_mac_set_hash;
}
