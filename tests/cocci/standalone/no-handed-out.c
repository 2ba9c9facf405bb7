/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	foo_configure(netdev_priv(dev), &dev->mc);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
