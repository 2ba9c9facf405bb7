// SPDX-License-Identifier: GPL-2.0-only
/* Nobody here sets the member that gets the device: it may use the lists. */
#include <linux/netdevice.h>

struct x_mac {
	int (*unset_member)(struct net_device *dev, int on);
};

struct x_priv {
	struct x_mac *mac;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	(*xp->mac->unset_member)(dev, 1);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual other-module
 * want-hazard: H1 open
 */
