// SPDX-License-Identifier: GPL-2.0-only
/* What goes back to the core. */
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
		return -ENOSPC; /* H16 */
	return -EBUSY;
}

static int x_handled(struct x_priv *xp)
{
	return -ENOSPC;
}

static bool x_flag(struct x_priv *xp)
{
	return true;
}

static int x_sync(struct net_device *dev, const unsigned char *addr)
{
	return -EINVAL; /* H16 */
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	struct x_priv *xp = netdev_priv(dev);
	int err = 0;

	if (xp->state)
		return 1; /* H15 */
	if (xp->mode == 3)
		return x_flag(xp); /* H15 */
	if (xp->mode == 4)
		return __hw_addr_sync_dev(mc, dev, x_sync, NULL);
	err = x_handled(xp);
	if (err)
		xp->mode = 1;
	err = x_slot(xp, xp->mode);
	if (err)
		return err;
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
