// SPDX-License-Identifier: GPL-2.0-only
/* The same, but others call the function with the lock. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static void x_command(struct x_priv *xp, u32 command)
{
	spin_lock(&xp->lock);
	iowrite32(command, xp->regs);
	spin_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_command(netdev_priv(dev), netdev_mc_count(dev));
}

static irqreturn_t x_interrupt(int irq, void *arg)
{
	x_command(arg, 1);
	return IRQ_HANDLED;
}

int x_probe(struct net_device *dev)
{
	return request_irq(dev->irq, x_interrupt, 0, "x", netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H7 mended
 */
