// SPDX-License-Identifier: GPL-2.0-only
/* Somebody takes rtnl under the mutex, which a function has taken. */
#include <linux/netdevice.h>

enum { X_GONE, X_RX_MODE, X_RESET };

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct work_struct task;
	unsigned long flags;
	int open;
	void *regs;
};

static void x_filter(struct x_priv *xp)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0;

	netdev_for_each_mc_addr(ha, xp->dev)
		hash |= 1 << (ha->addr[5] & 31);
	iowrite32(hash, xp->regs);
}

static void x_lock(struct x_priv *xp)
{
	mutex_lock(&xp->lock);
}

static void x_unlock(struct x_priv *xp)
{
	mutex_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *priv = netdev_priv(dev);

	set_bit(X_RX_MODE, &priv->flags);
	schedule_work(&priv->task);
}

static void x_task(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, task);

	if (test_bit(X_GONE, &xp->flags))
		return;

	x_lock(xp);
	if (test_and_clear_bit(X_RX_MODE, &xp->flags))
		if (xp->open)
			x_filter(xp);
	if (test_and_clear_bit(X_RESET, &xp->flags))
		iowrite32(0, xp->regs);
	x_unlock(xp);
}

void x_stats(struct x_priv *xp)
{
	set_bit(X_RESET, &xp->flags);
	schedule_work(&xp->task);
}

void x_reopen(struct x_priv *xp)
{
	x_lock(xp);	/* here */
	rtnl_lock();
	iowrite32(0, xp->regs);
	rtnl_unlock();
	x_unlock(xp);
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
	INIT_WORK(&xp->task, x_task);
	return dev;
}

/*
 * want: converted
 * want-deferral: kept under-rtnl
 */
