// SPDX-License-Identifier: GPL-2.0-only
/* The end of the queue waits for a work that may still be a callback. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct work_struct rx_work;
	struct workqueue_struct *queue;
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

	queue_work(xp->queue, &xp->rx_work);
}

void x_suspend(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	destroy_workqueue(xp->queue);	/* here */
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
	return dev;
}

/*
 * want: converted
 * want-deferral: kept wait
 */
