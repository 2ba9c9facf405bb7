// SPDX-License-Identifier: GPL-2.0-only
/* The work sets what the callback computed; it stands behind the callback. */
#include <linux/netdevice.h>

struct x_priv {
	struct work_struct rx_work;
	struct mutex lock;
	u32 filter;
	void *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	u32 old = xp->filter;

	xp->filter = netdev_mc_empty(dev) ? 0 : 1;
	if (old != xp->filter)
		schedule_work(&xp->rx_work);
}

static void x_rx_work(struct work_struct *work)
{
	struct x_priv *xp;
	void *regs;

	xp = container_of(work, struct x_priv, rx_work);
	regs = xp->regs;
	mutex_lock(&xp->lock);
	iowrite32(xp->filter, regs);
	mutex_unlock(&xp->lock);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

struct net_device *x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	INIT_WORK(&xp->rx_work, x_rx_work);
	dev->netdev_ops = &x_ops;
	xp->filter = 0;
	return dev;
}

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 * want-hazard: H14 ruled-out
 */
