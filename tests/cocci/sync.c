// SPDX-License-Identifier: GPL-2.0-only
/* The core's sync helpers; the stop path stays on the real lists. */
#include <linux/netdevice.h>

static int x_add(struct net_device *dev, const unsigned char *addr)
{
	return 0;
}

static int x_del_with_a_long_name(struct net_device *dev,
				  const unsigned char *addr)
{
	return 0;
}

static void x_set_rx_mode(struct net_device *dev)
{
	__dev_uc_sync(dev, x_add, x_del_with_a_long_name);
	if (__dev_mc_sync(dev, x_add,
			  x_del_with_a_long_name))
		iowrite32(1, netdev_priv(dev));
	if (dev->flags & IFF_ALLMULTI &&
	    __dev_mc_sync(dev, NULL, x_del_with_a_long_name) == 0)
		iowrite32(1, netdev_priv(dev));
}

static int x_stop(struct net_device *dev)
{
	__dev_uc_unsync(dev, x_del_with_a_long_name);
	__dev_mc_unsync(dev, x_del_with_a_long_name);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_stop		= x_stop,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
