// SPDX-License-Identifier: GPL-2.0-only
/* Two definitions, one of which is compiled; and a caller. */
#include <linux/netdevice.h>

#ifdef CONFIG_X
static void x_set_rx_mode(struct net_device *dev)	/* here */
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
#else
static void x_set_rx_mode(struct net_device *dev)
{
}
#endif

void x_resume(struct net_device *dev)
{
	x_set_rx_mode(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual conditional
 * want-hazard: H3 open
 */
