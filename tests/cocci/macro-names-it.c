// SPDX-License-Identifier: GPL-2.0-only
/* A macro calls the callback: who uses it is not seen. */
#include <linux/netdevice.h>

#define X_RESTART(dev) x_set_rx_mode(dev)

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_resume(struct net_device *dev)
{
	X_RESTART(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H17 open
 */
