// SPDX-License-Identifier: GPL-2.0-only
/* An exported callback that a module without an ops struct calls. */
#include <linux/netdevice.h>

void n_set_rx_mode(struct net_device *dev);

void n_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
EXPORT_SYMBOL_GPL(n_set_rx_mode);

static const struct net_device_ops n_ops = {
	.ndo_set_rx_mode	= n_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 open
 */
