/* SPDX-License-Identifier: GPL-2.0-only */
#ifdef CONFIG_FOO
static void foo_set_rx_mode(struct net_device *dev)
{
	foo_write(dev, netdev_mc_count(dev));
}
#else
static void foo_set_rx_mode(struct net_device *dev)
{
}
#endif

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
