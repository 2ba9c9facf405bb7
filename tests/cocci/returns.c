// SPDX-License-Identifier: GPL-2.0-only
/* Early returns, in an if without braces, and one at the end. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	if (!netif_running(dev))
		return;

	if (dev->flags & IFF_PROMISC) {
		iowrite32(1, netdev_priv(dev));
		return;		/* everything comes in */
	} else if (netdev_mc_empty(dev))
		return;

	switch (dev->mtu) {
	case 1500:
		return;
	default:
		break;
	}
	netdev_for_each_mc_addr(ha, dev) {
		if (!ha->addr[0])
			return;
	}
	return;
}

static void y_set_rx_mode(struct net_device *dev)
{
	if (netif_running(dev))
		goto out;
	iowrite32(1, netdev_priv(dev));
	return;
out:
	iowrite32(2, netdev_priv(dev));
}

static void z_set_rx_mode(struct net_device *dev)
{
	iowrite32(1, netdev_priv(dev));
	if (netdev_mc_count(dev) > 3)
		return;
	else
		iowrite32(2, netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

static const struct net_device_ops z_ops = {
	.ndo_set_rx_mode	= z_set_rx_mode,
};

/* want: converted */
