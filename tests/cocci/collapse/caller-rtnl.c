// SPDX-License-Identifier: GPL-2.0-only
/* A caller that the core has given rtnl, and nothing else. */
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

static int x_set_features(struct net_device *dev, u64 features)
{
	x_set_rx_mode(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
	.ndo_set_features	= x_set_features,
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
 */
