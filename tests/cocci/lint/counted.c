// SPDX-License-Identifier: GPL-2.0-only
/* The same slot check, where the callback has counted: a net that never holds. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

static int x_slot(struct x_priv *xp, int slot)
{
	if (slot >= 8)
		return -ENOSPC;
	return 0;
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	struct x_priv *xp = netdev_priv(dev);
	int slot = 0, err;

	if (netdev_hw_addr_list_count(mc) > 8) {
		xp->mode = 1;
		return 0;
	}
	err = x_slot(xp, slot);
	return err;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
