// SPDX-License-Identifier: GPL-2.0-only
/* The first name for the body is taken. The lock in it needs no _bh then. */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	void __iomem *regs;
};

static void __x_set_rx_mode(struct x_priv *xp, int filter)
{
	spin_lock(&xp->lock);
	iowrite32(filter, xp->regs);
	spin_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	netif_stop_queue(dev);
	__x_set_rx_mode(netdev_priv(dev),
			netdev_uc_count(dev) + netdev_mc_count(dev));
	netif_wake_queue(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H7 mended
 * want-hazard: H9 mended
 */
