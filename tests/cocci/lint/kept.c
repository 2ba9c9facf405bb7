// SPDX-License-Identifier: GPL-2.0-only
/* An entry kept, and one that is copied. */
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
	struct netdev_hw_addr *ha;

	netdev_hw_addr_list_for_each(ha, mc) {
		memcpy(xp->buf, ha->addr, 6);
		xp->kept = ha->addr; /* H21 */
	}
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
