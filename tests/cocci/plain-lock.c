// SPDX-License-Identifier: GPL-2.0-only
/* A plain lock that only the callback's path takes with BHs on. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static void x_command(struct x_priv *xp, u32 command)
{
	spin_lock(&xp->lock);
	iowrite32(command, xp->regs);
	if (ioread32(xp->regs)) {
		spin_unlock(&xp->lock);
		return;
	}
	iowrite32(0, xp->regs);
	spin_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_command(netdev_priv(dev), netdev_mc_count(dev));
}

static netdev_tx_t x_start_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock(&xp->lock);
	spin_unlock(&xp->lock);
	return NETDEV_TX_OK;
}

static const struct net_device_ops y_ops = {
	.ndo_start_xmit		= x_start_xmit,
};

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H7 mended
 */
