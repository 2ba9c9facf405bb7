// SPDX-License-Identifier: GPL-2.0-only
/* Walks both lists. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;
	u32 hash[2] = {};

	netdev_for_each_mc_addr(ha, dev) {
		u32 crc = ether_crc(ETH_ALEN, ha->addr) >> 26;

		/* the upper six bits */
		hash[crc >> 5] |= 1 << (crc & 31);
	}

	netdev_for_each_uc_addr(ha, dev)
		hash[0] |= ha->addr[0];	/* one statement */

	iowrite32(hash[0], xp->regs);
	iowrite32(hash[1], xp->regs);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
