// SPDX-License-Identifier: GPL-2.0-only
/* The other work on the queue has nothing to do with the body. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct work_struct rx_work;
	struct workqueue_struct *queue;
	struct work_struct stats_work;
	int done;
	int seen;
	void *regs;
};

static void x_rx_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);

	iowrite32(xp->dev->flags & IFF_PROMISC, xp->regs);
	xp->done++;
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	queue_work(xp->queue, &xp->rx_work);
}

static void x_stats_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, stats_work);

	xp->seen++;
}

void x_stats(struct x_priv *xp)
{
	queue_work(xp->queue, &xp->stats_work);
}

void x_remove(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	unregister_netdev(dev);
	destroy_workqueue(xp->queue);
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
	xp->queue = create_singlethread_workqueue("x");
	INIT_WORK(&xp->rx_work, x_rx_work);
	INIT_WORK(&xp->stats_work, x_stats_work);
	return dev;
}

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 * want-hazard: H14 ruled-out
 */
