// SPDX-License-Identifier: GPL-2.0-only
/* The work's function is in another file. */
#include "x.h"

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	schedule_work(&xp->rx_work);
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
 */
