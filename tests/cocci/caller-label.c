// SPDX-License-Identifier: GPL-2.0-only
/* Behind a label, in a loop, as the first and as the last statement. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static int x_open(struct net_device *dev)
{
	int i;

	for (i = 0; i < 2; i++) {
		iowrite32(i, netdev_priv(dev));
		x_set_rx_mode(dev);
	}
	return 0;
}

static int x_stop(struct net_device *dev)
{
	goto out;
out:
	x_set_rx_mode(dev);
	return 0;
}

static int x_change_mtu(struct net_device *dev, int mtu)
{
	dev->mtu = mtu;

	x_set_rx_mode(dev);

	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_stop		= x_stop,
	.ndo_change_mtu		= x_change_mtu,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H3 mended
 * want-hazard: H3 open
 */
