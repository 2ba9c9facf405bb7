/* SPDX-License-Identifier: GPL-2.0-only */
static int foo_add(struct net_device *dev, const u8 *addr)
{
	return netdev_uc_count(dev) > 4 ? -ENOSPC : 0;
}

static void foo_set_rx_mode(struct net_device *dev)
{
	__dev_uc_sync(dev, foo_add, foo_del);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
