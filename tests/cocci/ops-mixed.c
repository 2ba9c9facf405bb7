// SPDX-License-Identifier: GPL-2.0-only
/* Another struct of the file is async already. */
#include <linux/netdevice.h>

static int x_set_rx_mode(struct net_device *dev,
			 struct netdev_hw_addr_list *uc,
			 struct netdev_hw_addr_list *mc)
{
	return 0;
}

static void y_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async = x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode		= y_set_rx_mode,
};

/* want: converted */
