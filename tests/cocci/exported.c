// SPDX-License-Identifier: GPL-2.0-only
/* A helper is exported: others call it with its old parameters. */
#include <linux/netdevice.h>

void x_exported_update(struct net_device *dev)	/* here */
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
EXPORT_SYMBOL_GPL(x_exported_update);

static void x_set_rx_mode(struct net_device *dev)
{
	x_exported_update(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual exported
 * want-hazard: H17 open
 */
