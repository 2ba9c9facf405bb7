// SPDX-License-Identifier: GPL-2.0-only
/* Plain spin locks: one that a timer takes, one that none does, one inside. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

struct y {
	spinlock_t other;
};

static void x_timer(struct x_priv *xp)
{
	struct y *y = xp->kept;

	spin_lock(&xp->lock);
	spin_unlock(&xp->lock);
	spin_lock(&y->other);
	spin_unlock(&y->other);
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock(&xp->lock); /* H7 */
	spin_unlock(&xp->lock);
	spin_lock(&xp->other);
	spin_unlock(&xp->other);
	spin_lock_bh(&xp->other);
	spin_lock(&xp->lock);
	spin_unlock(&xp->lock);
	spin_unlock_bh(&xp->other);
	return 0;
}

void x_probe(struct x_priv *xp)
{
	timer_setup(&xp->timer, x_timer, 0);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
