// SPDX-License-Identifier: GPL-2.0-only
/* Inside a section with interrupts off; a timer takes the inner one, too. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock, inner;
	struct timer_list timer;
	void __iomem *regs;
};

static void x_timer(struct timer_list *t)
{
	struct x_priv *xp = container_of(t, struct x_priv, timer);

	spin_lock(&xp->inner);
	iowrite32(1, xp->regs);
	spin_unlock(&xp->inner);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	unsigned long flags;

	spin_lock_irqsave(&xp->lock, flags);
	spin_lock(&xp->inner);
	iowrite32(netdev_mc_count(dev), xp->regs);
	spin_unlock(&xp->inner);
	spin_unlock_irqrestore(&xp->lock, flags);
	spin_lock(&xp->inner);
	iowrite32(0, xp->regs);
	spin_unlock(&xp->inner);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

void x_probe(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	timer_setup(&xp->timer, x_timer, 0);
}

/*
 * want: converted
 * want-hazard: H7 mended
 */
