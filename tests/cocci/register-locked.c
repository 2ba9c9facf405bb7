// SPDX-License-Identifier: GPL-2.0-only
/* Under the lock that the timer takes: no doubt. */
#include <linux/netdevice.h>

#define RX_CTRL 0x10
#define RX_ENABLE 1
#define RX_PROMISC 2

struct x_priv {
	struct timer_list timer;
	spinlock_t lock;
	void __iomem *regs;
};

static void x_link(struct timer_list *t)
{
	struct x_priv *xp = container_of(t, struct x_priv, timer);

	spin_lock(&xp->lock);
	iowrite32(ioread32(xp->regs + RX_CTRL) | RX_ENABLE, xp->regs + RX_CTRL);
	spin_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	u32 ctrl;

	spin_lock_bh(&xp->lock);
	ctrl = ioread32(xp->regs + RX_CTRL);

	if (netdev_mc_empty(dev))
		ctrl &= ~RX_PROMISC;
	else
		ctrl |= RX_PROMISC;
	iowrite32(ctrl, xp->regs + RX_CTRL);
	spin_unlock_bh(&xp->lock);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	timer_setup(&xp->timer, x_link, 0);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 */
