/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	__hw_addr_ref_sync_dev(&dev->mc, dev, foo_add, foo_del);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
