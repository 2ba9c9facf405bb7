// SPDX-License-Identifier: GPL-2.0-only
/*
 * A work syncs the real list without rtnl: it may do so while the callback
 * syncs a snapshot, whose changes would then count twice.
 */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	struct work_struct reset;
};

static int x_sync(struct net_device *dev, const unsigned char *addr)
{
	iowrite32(addr[0], netdev_priv(dev));
	return 0;
}

static void x_set_rx_mode(struct net_device *dev)
{
	__dev_mc_sync(dev, x_sync, x_sync);
}

static void x_configure(struct x_priv *xp)
{
	x_set_rx_mode(xp->netdev);	/* here */
}

static void x_reset_task(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, reset);

	x_configure(xp);
}

static int x_open(struct net_device *dev)
{
	x_configure(netdev_priv(dev));
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

int x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->netdev = dev;
	dev->netdev_ops = &x_ops;
	INIT_WORK(&xp->reset, x_reset_task);
	return register_netdev(dev);
}

/*
 * want: manual sync-caller
 * want-hazard: H8 open
 * want-hazard: H3 mended
 */
