// SPDX-License-Identifier: GPL-2.0-only
/* Taken inside a section with interrupts off, where _bh is illegal; nobody else does. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock, inner;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	unsigned long flags;

	spin_lock_irqsave(&xp->lock, flags);
	spin_lock(&xp->inner);
	iowrite32(netdev_mc_count(dev), xp->regs);
	spin_unlock(&xp->inner);
	spin_unlock_irqrestore(&xp->lock, flags);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H7 ruled-out
 */
