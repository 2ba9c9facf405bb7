// SPDX-License-Identifier: GPL-2.0-only
/* A macro hides a return. */
#include <linux/netdevice.h>

#define X_RETURN_IF_DOWN(dev) do { if (!netif_running(dev)) return; } while (0)

static void x_set_rx_mode(struct net_device *dev)
{
	X_RETURN_IF_DOWN(dev);	/* here */
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H15 open
 */
