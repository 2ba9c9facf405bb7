// SPDX-License-Identifier: GPL-2.0-only
/* From a transmit timeout, under a spin lock, from an interrupt. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	iowrite32(netdev_mc_count(dev), xp->regs);
}

static void x_tx_timeout(struct net_device *dev, unsigned int queue)
{
	x_set_rx_mode(dev);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock_bh(&xp->lock);
	x_set_rx_mode(dev);
	spin_unlock_bh(&xp->lock);
	return 0;
}

static irqreturn_t x_interrupt(int irq, void *arg)
{
	struct net_device *netdev = arg;

	x_set_rx_mode(netdev);
	return IRQ_HANDLED;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_tx_timeout		= x_tx_timeout,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

int x_probe(struct net_device *dev)
{
	return request_irq(dev->irq, x_interrupt, 0, "x", dev);
}

/*
 * want: converted
 * want-hazard: H3 open
 * want-hazard: H6 ruled-out
 * want-hazard: H5 open
 */
