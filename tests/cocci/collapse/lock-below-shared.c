// SPDX-License-Identifier: GPL-2.0-only
/* Somebody else gets to the lock as well: it stays. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct mutex lock;
	struct work_struct rx_work;
	void *regs;
};

static u32 x_hash(struct x_priv *xp)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0;

	netif_addr_lock_bh(xp->dev);
	netdev_for_each_mc_addr(ha, xp->dev)
		hash |= 1 << (ha->addr[5] & 31);
	netif_addr_unlock_bh(xp->dev);
	return hash;
}

static void x_rx_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);

	mutex_lock(&xp->lock);
	iowrite32(x_hash(xp), xp->regs);
	mutex_unlock(&xp->lock);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	schedule_work(&xp->rx_work);
}

u32 x_show(struct x_priv *xp)
{
	return x_hash(xp);
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
 * want-hazard: H3 open
 * want-hazard: H8 ruled-out
 */
