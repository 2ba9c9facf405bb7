// SPDX-License-Identifier: GPL-2.0-only
/* The work is one of a thread of its own. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct kthread_work rx_work;
	struct kthread_worker worker;
	void *regs;
};

static void x_rx_work(struct kthread_work *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);

	mutex_lock(&xp->lock);
	iowrite32(xp->dev->flags & IFF_PROMISC, xp->regs);
	mutex_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	kthread_queue_work(&xp->worker, &xp->rx_work);
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
	kthread_init_work(&xp->rx_work, x_rx_work);
	return dev;
}

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 * want-hazard: H14 ruled-out
 */
