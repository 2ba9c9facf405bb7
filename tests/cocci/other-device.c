// SPDX-License-Identifier: GPL-2.0-only
/* The list of the other port: the same names, another device. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *peer;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct net_device *peer = xp->peer;
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], xp->regs);
	netdev_for_each_mc_addr(ha, peer)	/* here */
		iowrite32(ha->addr[1], xp->regs);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual foreign-list
 * want-hazard: H1 open
 */
