// SPDX-License-Identifier: GPL-2.0-only
/* A lock with interrupts off needs no mending. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;
	unsigned long flags;

	spin_lock_irqsave(&xp->lock, flags);
	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], xp->regs);
	spin_unlock_irqrestore(&xp->lock, flags);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
