// SPDX-License-Identifier: GPL-2.0-only
/* The address lock where it no longer excludes the callback, and where it may. */
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
	struct x_priv *xp = netdev_priv(dev);

	xp->mode = netdev_hw_addr_list_count(mc);
	iowrite32(xp->mode, xp->regs);
	smp_processor_id(); /* H8 */
	return 0;
}

static void x_tx_timeout(struct net_device *dev, unsigned int queue)
{
	struct x_priv *xp = netdev_priv(dev);

	netif_addr_lock_bh(dev); /* H8 */
	xp->mode = 0;
	netif_addr_unlock_bh(dev);
	netif_addr_lock_bh(dev);
	xp->state = 0;
	netif_addr_unlock_bh(dev);
	netif_addr_lock_bh(dev); /* H8 */
	iowrite32(0, xp->regs);
	netif_addr_unlock_bh(dev);
	netif_addr_lock_bh(dev);
	eth_hw_addr_set(dev, xp->kept);
	xp->mode = 0;
	netif_addr_unlock_bh(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
	.ndo_tx_timeout		= x_tx_timeout,
};
