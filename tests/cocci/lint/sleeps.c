// SPDX-License-Identifier: GPL-2.0-only
/* What sleeps under the address lock; the lock with interrupts off. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	msleep(1);
	iowrite32(netdev_hw_addr_list_count(mc), dev);
	return 0;
}

static int x_open(struct net_device *dev)
{
	netif_addr_lock_bh(dev); /* H4 */
	x_rx_mode(dev, &dev->uc, &dev->mc);
	netif_addr_unlock_bh(dev);
	return 0;
}

static int x_stop(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock_irq(&xp->lock);
	netif_addr_lock_bh(dev); /* H5 */
	__dev_mc_unsync(dev, NULL);
	netif_addr_unlock_bh(dev);
	spin_unlock_irq(&xp->lock);
	netif_addr_lock_bh(dev);
	__dev_uc_unsync(dev, NULL);
	netif_addr_unlock_bh(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
	.ndo_open		= x_open,
	.ndo_stop		= x_stop,
};
