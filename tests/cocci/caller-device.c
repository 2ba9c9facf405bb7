// SPDX-License-Identifier: GPL-2.0-only
/* A direct caller whose device is the result of a call. */
#include <linux/netdevice.h>

struct net_device *x_device(int n);

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_resume(void)
{
	x_set_rx_mode(x_device(0));	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual caller-device
 * want-hazard: H3 open
 */
