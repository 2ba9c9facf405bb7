// SPDX-License-Identifier: GPL-2.0-only
/* The callback itself takes it and has a direct caller that others call, too. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock(&xp->lock);
	iowrite32(netdev_mc_count(dev), xp->regs);
	spin_unlock(&xp->lock);
}

void x_reset(struct net_device *dev)
{
	x_set_rx_mode(dev);
}
EXPORT_SYMBOL_GPL(x_reset);

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H7 mended
 * want-hazard: H3 open
 */
