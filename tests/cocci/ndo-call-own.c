// SPDX-License-Identifier: GPL-2.0-only
/* Called through the struct of a device of ours, under rtnl. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
};

struct x_file {
	struct x_priv *xp;
};

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

void x_probe(struct x_priv *xp, struct net_device *dev)
{
	dev->netdev_ops = &x_ops;
	xp->dev = dev;
}

void x_remove(struct x_priv *xp)
{
	xp->dev = NULL;
}

int x_write(struct x_file *file)
{
	struct x_priv *xp = file->xp;

	if (!xp->dev) {
		return -1;
	} else if (rtnl_trylock()) {
		xp->dev->netdev_ops->ndo_set_rx_mode(xp->dev);
		rtnl_unlock();
	}
	return 0;
}

/*
 * want: converted
 * want-hazard: H18 mended
 */
