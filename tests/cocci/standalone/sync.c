/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	if (__dev_uc_sync(dev, foo_add, foo_del))
		foo_promisc(dev);
	__dev_mc_sync(dev, foo_add, NULL);
}

static int foo_stop(struct net_device *dev)
{
	__dev_mc_unsync(dev, foo_del);
	return 0;
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
