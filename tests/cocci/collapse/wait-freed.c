// SPDX-License-Identifier: GPL-2.0-only
/* Who waits frees the device next: it is not registered any more. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct work_struct rx_work;
	void *regs;
};

static void x_rx_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);

	mutex_lock(&xp->lock);
	iowrite32(xp->dev->flags & IFF_PROMISC, xp->regs);
	mutex_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	schedule_work(&xp->rx_work);
}

static void x_clean_up(struct x_priv *xp)
{
	cancel_work_sync(&xp->rx_work);
	iowrite32(0, xp->regs);
}

static void x_end(struct net_device *dev)
{
	unregister_netdev(dev);
}

void x_remove(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	x_end(dev);
	x_clean_up(xp);
	free_netdev(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

struct net_device *x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->dev = dev;
	dev->netdev_ops = &x_ops;
	INIT_WORK(&xp->rx_work, x_rx_work);
	return dev;
}

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 * want-hazard: H14 ruled-out
 * want-hazard: H11 ruled-out
 */
