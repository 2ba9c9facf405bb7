// SPDX-License-Identifier: GPL-2.0-only
/*
 * An inner lock comes and goes under an outer one, which is still held at the
 * call; a path that leaves with its lock given back says nothing of the rest.
 */
#include <linux/netdevice.h>

struct x_priv {
	spinlock_t lock;
	spinlock_t reset_lock;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock_bh(&xp->lock);
	iowrite32(netdev_mc_count(dev), xp->regs);
	spin_unlock_bh(&xp->lock);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock_bh(&xp->lock);
	if (!ioread32(xp->regs)) {
		spin_unlock_bh(&xp->lock);
		goto failed;
	}
	spin_unlock_bh(&xp->lock);
	x_set_rx_mode(dev);
	return 0;

failed:
	return -1;
}

static int x_change_mtu(struct net_device *dev, int mtu)
{
	struct x_priv *xp = netdev_priv(dev);

	spin_lock_bh(&xp->reset_lock);
	spin_lock(&xp->lock);
	iowrite32(mtu, xp->regs);
	spin_unlock(&xp->lock);
	x_set_rx_mode(dev);
	spin_unlock_bh(&xp->reset_lock);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_change_mtu		= x_change_mtu,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 mended
 * want-hazard: H3 open
 * want-hazard: H6 ruled-out
 */
