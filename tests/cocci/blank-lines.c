// SPDX-License-Identifier: GPL-2.0-only
/* Lines that stand apart, and those that need not. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{

}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* Four blanks for a tab, but not in what is new. */
static void y_set_rx_mode(struct net_device *dev)
{
    iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/* want: converted */
