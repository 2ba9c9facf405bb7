// SPDX-License-Identifier: GPL-2.0-only
/* Several ops structs name one callback; their columns are kept. */
#include <linux/netdevice.h>

static int x_open(struct net_device *dev)
{
	return 0;
}

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops x_tabs_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
	.ndo_validate_addr	= x_open,
};

static const struct net_device_ops x_wide_ops = {
	.ndo_open			= x_open,
	.ndo_set_rx_mode		= x_set_rx_mode,	/* filter */
	.ndo_validate_addr		= x_open,
};

static const struct net_device_ops x_spaces_ops = {
	.ndo_open              = x_open,
	.ndo_set_rx_mode       = x_set_rx_mode,
	.ndo_validate_addr     = x_open,
};

static const struct net_device_ops x_wide_spaces_ops = {
	.ndo_open                      = x_open,
	.ndo_set_rx_mode               = x_set_rx_mode,
};

static const struct net_device_ops x_one_space_ops = {
	.ndo_open = x_open,
	.ndo_set_rx_mode = x_set_rx_mode,
	.ndo_validate_addr = x_open,
};

static const struct net_device_ops x_tight_ops = {
	.ndo_open=x_open,
	.ndo_set_rx_mode=x_set_rx_mode,
};

static const struct net_device_ops x_behind_ops = {
	.ndo_open =		x_open,
	.ndo_set_rx_mode =	x_set_rx_mode,
	.ndo_validate_addr =	x_open,
};

static struct net_device_ops x_last_ops = {
	.ndo_open		= x_open,
#ifdef CONFIG_X
	.ndo_set_rx_mode	= x_set_rx_mode
#endif
};

/* want: converted */
