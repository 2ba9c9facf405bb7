// SPDX-License-Identifier: GPL-2.0-only
/* In an if without braces, no lock is put in; the call is as before. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static int x_open(struct net_device *dev)
{
	if (netif_running(dev))
		x_set_rx_mode(dev);
	return 0;
}

static int x_change_mtu(struct net_device *dev, int mtu)
{
	switch (mtu) {
	case 1500:
		x_set_rx_mode(dev);
		break;
	}
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_change_mtu		= x_change_mtu,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 open
 */
