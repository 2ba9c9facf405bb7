// SPDX-License-Identifier: GPL-2.0-only
/* Anybody may undo it, beside the callback: rtnl is not seen there. */
#include <linux/netdevice.h>

struct x_priv {
	struct netdev_hw_addr_list all;
	struct net_device *dev;
};

static void x_undo(struct x_priv *xp)
{
	if (xp->dev) {
		netif_addr_lock_bh(xp->dev);
		__hw_addr_unsync(&xp->all, &xp->dev->mc, 6);
		netif_addr_unlock_bh(xp->dev);
	}
}

static int x_stop(struct net_device *dev)
{
	x_undo(netdev_priv(dev));
	return 0;
}

void x_change(struct x_priv *xp)
{
	x_undo(xp);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	__hw_addr_sync(&xp->all, &dev->mc, 6);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_stop		= x_stop,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual list-escapes
 * want-hazard: H8 mended
 * want-hazard: H22 open
 */
