// SPDX-License-Identifier: GPL-2.0-only
/* The same under the lock that ndo_start_xmit() takes, too. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static netdev_tx_t x_start_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	unsigned long flags;

	spin_lock_irqsave(&xp->lock, flags);
	iowrite32(1, xp->regs);
	spin_unlock_irqrestore(&xp->lock, flags);
	return NETDEV_TX_OK;
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	unsigned long flags;

	spin_lock_irqsave(&xp->lock, flags);
	netif_stop_queue(dev);
	iowrite32(netdev_mc_count(dev), xp->regs);
	netif_wake_queue(dev);
	spin_unlock_irqrestore(&xp->lock, flags);
}

static const struct net_device_ops x_ops = {
	.ndo_start_xmit		= x_start_xmit,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H9 ruled-out
 */
