// SPDX-License-Identifier: GPL-2.0-only
/* The body does more than what the flag stops. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct work_struct rx_work;
	bool up;
	void *regs;
};

static void x_rx_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);

	mutex_lock(&xp->lock);
	if (xp->up)
		iowrite32(xp->dev->flags & IFF_PROMISC, xp->regs);
	iowrite32(1, xp->regs);
	mutex_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (xp->up)
		schedule_work(&xp->rx_work);
}

void x_stop(struct x_priv *xp)
{
	mutex_lock(&xp->lock);
	xp->up = false;
	mutex_unlock(&xp->lock);

	cancel_work_sync(&xp->rx_work);	/* here */
	iowrite32(0, xp->regs);
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
 * want-deferral: kept wait
 */
