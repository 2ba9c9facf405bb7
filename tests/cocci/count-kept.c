// SPDX-License-Identifier: GPL-2.0-only
/* What it counts is told, and kept. */
#include <linux/netdevice.h>

struct x_priv {
	int count;
};

static int x_sync(struct net_device *dev, const u8 *addr)
{
	struct x_priv *xp = netdev_priv(dev);

	if (xp->count == 16) {
		int count = netdev_mc_count(dev);

		netdev_warn(dev, "only 16 of %d\n", count);
		xp->count = count;
		return -EBUSY;
	}
	xp->count++;
	iowrite32(addr[0], xp);
	return 0;
}

static int x_unsync(struct net_device *dev, const u8 *addr)
{
	struct x_priv *xp = netdev_priv(dev);

	xp->count--;
	return 0;
}

static void x_set_rx_mode(struct net_device *dev)
{
	if (netdev_mc_count(dev) < 17)
		__dev_mc_sync(dev, x_sync, x_unsync);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 */
