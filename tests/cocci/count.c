// SPDX-License-Identifier: GPL-2.0-only
/* Counts and tests for emptiness; the member itself, too. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	u32 mode = 0;

	if (dev->flags & IFF_ALLMULTI || netdev_mc_count(dev) > 14 ||
	    netdev_uc_count(dev) > 1)
		mode = 2;
	else if (!netdev_mc_empty(dev) || !netdev_uc_empty(dev))
		mode = 1;
	else if (dev->mc.count == 3)
		mode = dev->uc.count + dev->mc.count;
	iowrite32(mode, xp->regs);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
