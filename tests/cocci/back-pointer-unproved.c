// SPDX-License-Identifier: GPL-2.0-only
/* Nothing shows that the member is the callback's own device. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
};

static void x_write_mc(struct x_priv *xp)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, xp->netdev)	/* here */
		iowrite32(ha->addr[0], xp->regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_write_mc(netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual foreign-list
 * want-hazard: H1 open
 */
