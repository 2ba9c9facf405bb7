// SPDX-License-Identifier: GPL-2.0-only
/* It ends in a macro that returns, and has a plain return before. */
#include <linux/netdevice.h>

#define RET(args...) return args

static void x_set_rx_mode(struct net_device *dev)
{
	if (!netif_running(dev))
		return;
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	RET();	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual macro
 * want-hazard: H15 open
 */
