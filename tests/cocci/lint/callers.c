// SPDX-License-Identifier: GPL-2.0-only
/* Direct callers with the real lists: unlocked, and with what locks inside. */
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

static void x_careful(struct net_device *dev,
		      const struct netdev_hw_addr_list *list)
{
	netif_addr_lock_bh(dev);
	x_fill(netdev_priv(dev), list);
	netif_addr_unlock_bh(dev);
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	x_fill(netdev_priv(dev), mc);
	return 0;
}

static void x_reset(struct net_device *dev)
{
	x_rx_mode(dev, &dev->uc, &dev->mc); /* H3 */
}

static int x_open(struct net_device *dev)
{
	x_careful(dev, &dev->mc);
	x_fill(netdev_priv(dev), &dev->uc); /* H3 */
	x_reset(dev);
	return 0;
}

static int x_stop(struct net_device *dev)
{
	__dev_uc_unsync(dev, NULL); /* H3 */
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
	.ndo_open		= x_open,
	.ndo_stop		= x_stop,
};
