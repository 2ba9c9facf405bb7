// SPDX-License-Identifier: GPL-2.0-only
/* Bytes are copied; a local pointer does not outlive the callback. */
#include <linux/netdevice.h>

struct x_priv {
	u8 slots[4][6];
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;
	const u8 *addr;
	int i = 0;

	netdev_for_each_mc_addr(ha, dev) {
		addr = ha->addr;
		memcpy(xp->slots[i++ & 3], addr, ETH_ALEN);
		xp->slots[0][0] = ha->addr[5];
	}
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
