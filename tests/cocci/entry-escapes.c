// SPDX-License-Identifier: GPL-2.0-only
/* A pointer into an entry is kept. */
#include <linux/netdevice.h>

struct x_priv {
	const u8 *first;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev) {
		xp->first = ha->addr;	/* here */
		break;
	}
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual entry-escapes
 * want-hazard: H21 open
 */
