// SPDX-License-Identifier: GPL-2.0-only
/* One helper, called with the own device and with another one. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *peer;
	void __iomem *regs;
};

static void x_write(struct net_device *dev, void __iomem *regs)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)	/* here */
		iowrite32(ha->addr[0], regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	x_write(dev, xp->regs);
	x_write(xp->peer, xp->regs);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual foreign-list
 * want-hazard: H1 open
 */
