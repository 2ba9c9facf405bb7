// SPDX-License-Identifier: GPL-2.0-only
/* The function is called at once, too. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	int count;
};

struct x_job {
	struct work_struct work;
	struct x_priv *xp;
};

static void x_work(struct work_struct *work)
{
	struct x_job *w = container_of(work, struct x_job, work);
	struct net_device *dev = w->xp->dev;

	netif_addr_lock_bh(dev);
	w->xp->count = netdev_mc_count(dev);
	netif_addr_unlock_bh(dev);
	iowrite32(w->xp->count, w->xp);
	kfree(w);
}

static struct x_job *x_make(struct x_priv *xp,
			     void (*func)(struct work_struct *work))
{
	struct x_job *w;

	w = kmalloc(sizeof(*w), GFP_ATOMIC);
	if (!w)
		return NULL;
	INIT_WORK(&w->work, func);
	w->xp = xp;
	func(&w->work);
	return w;
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_job *w = x_make(netdev_priv(dev), x_work);	/* here */

	if (w)
		schedule_work(&w->work);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ops-table
 * want-hazard: H1 open
 * want-hazard: H8 mended
 */
