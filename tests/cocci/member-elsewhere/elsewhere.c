// SPDX-License-Identifier: GPL-2.0-only
/*
 * The device is given to a member that a module beside this one sets: to a
 * function that walks the real list.
 */
#include <linux/netdevice.h>

#include "elsewhere.h"

struct x_priv {
	struct x_mac *mac;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (dev->flags & IFF_PROMISC)
		return;
	xp->mac->set_hash(dev, xp->mac);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual other-module
 * want-hazard: H1 open
 */
