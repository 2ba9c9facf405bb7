// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	if (netif_running(dev))
		return;
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

int x_other(struct net_device *dev)
{
	x_set_rx_mode(dev);
	return 0;
}
