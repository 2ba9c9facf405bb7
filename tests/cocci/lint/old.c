// SPDX-License-Identifier: GPL-2.0-only
/* The old member, called through the struct, and words of the old days. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

/* Called with the addr_list_lock held. H26 */
static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	return 0;
}

void x_debug(struct net_device *dev)
{
	dev->netdev_ops->ndo_set_rx_mode(dev); /* H18 */
	if (dev->netdev_ops->ndo_set_rx_mode)
		return;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
