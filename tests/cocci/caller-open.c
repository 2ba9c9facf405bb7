// SPDX-License-Identifier: GPL-2.0-only
/* Called from ndo_open: the real lists, under the address lock. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], xp->regs);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	iowrite32(1, xp->regs);
	/* Now the filter. */
	x_set_rx_mode(dev);
	netif_start_queue(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 mended
 */
