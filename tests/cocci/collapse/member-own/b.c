// SPDX-License-Identifier: GPL-2.0-only
/* A work of the same member in each module. */
#include "shared.h"

static void b_rx_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);

	iowrite32(xp->dev->flags & IFF_PROMISC, xp->regs);
}

static void b_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	schedule_work(&xp->rx_work);
}

static const struct net_device_ops b_ops = {
	.ndo_set_rx_mode	= b_set_rx_mode,
};

struct net_device *b_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->dev = dev;
	dev->netdev_ops = &b_ops;
	INIT_WORK(&xp->rx_work, b_rx_work);
	return dev;
}

/*
 * want: converted
 * want-deferral: collapsed
 */
