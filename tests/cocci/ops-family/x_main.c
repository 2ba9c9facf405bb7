// SPDX-License-Identifier: GPL-2.0-only
/*
 * A table with several functions, some static ones of one name, one in a macro;
 * calls by pointer from outside, and direct ones.
 */
#include "x.h"

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (!xp->ops->update)
		return;
	(*xp->ops->update)(xp, dev);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (xp->ops->update && xp->ops->update(xp, dev))
		return -1;
	xp->ops->start(xp);
	return 0;
}

static const struct net_device_ops x_netdev_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

int x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->netdev = dev;
	xp->ops = dev->irq ? &x_one_ops : dev->mtu ? &x_two_ops : &x_three_ops;
	dev->netdev_ops = &x_netdev_ops;
	return register_netdev(dev);
}

/*
 * want: converted
 * want-hazard: H3 open
 */
