// SPDX-License-Identifier: GPL-2.0-only
/* Two definitions, one of which is compiled: both are converted. */
#include <linux/netdevice.h>

#ifdef CONFIG_X
static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
#else
static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	if (dev->flags & IFF_ALLMULTI)
		return;
	netdev_for_each_uc_addr(ha, dev) {
		iowrite32(ha->addr[0], netdev_priv(dev));
	}
}
#endif

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
