// SPDX-License-Identifier: GPL-2.0-only
/* Each file of the module has a static helper of that name: one rule would hit both. */
#include <linux/netdevice.h>

static void x_update(struct net_device *dev) /* here */
{
	iowrite32(netdev_uc_count(dev), netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_update(dev);
}

const struct net_device_ops two_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: manual same-name */
