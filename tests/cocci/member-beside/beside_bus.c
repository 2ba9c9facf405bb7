// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "beside.h"

static void x_bus_write(struct x_priv *xp, u32 value)
{
	iowrite32(value, xp);
}

int x_bus_probe(void)
{
	struct net_device *dev = x_alloc();
	struct x_priv *xp = netdev_priv(dev);

	xp->bus_write = x_bus_write;
	return register_netdev(dev);
}
