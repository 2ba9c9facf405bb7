// SPDX-License-Identifier: GPL-2.0-only
#include "x.h"

static int update(struct x_priv *xp, struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	if (netdev_mc_empty(dev))
		return -EBUSY;
	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], xp);
	return 0;
}

static void start(struct x_priv *xp)
{
	update(xp, xp->netdev);
}

const struct x_ops x_two_ops = {
	.update	= update,
	.start	= start,
};
