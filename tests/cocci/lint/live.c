// SPDX-License-Identifier: GPL-2.0-only
/* Live lists in the reach of the callback: count, walk, and a helper two down. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

static void x_deep(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev) /* H1 */
		iowrite32(ha->addr[0], xp->regs);
}

static void x_locked(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netif_addr_lock_bh(dev);
	netdev_for_each_uc_addr(ha, dev)
		iowrite32(ha->addr[0], xp->regs);
	netif_addr_unlock_bh(dev);
}

static void x_update(struct net_device *dev)
{
	x_deep(dev);
	x_locked(dev);
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	if (netdev_mc_count(dev) > 4) /* H2 */
		return 0;
	x_update(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
