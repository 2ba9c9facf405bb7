// SPDX-License-Identifier: GPL-2.0-only
/* The same in a function that is given the address. */
#include <linux/netdevice.h>

struct x_priv {
	const u8 *slots[4];
};

static void x_put(struct x_priv *xp, const u8 *addr)
{
	xp->slots[0] = addr;
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		x_put(netdev_priv(dev), ha->addr);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual entry-escapes
 * want-hazard: H21 open
 */
