/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc.list, list)
		foo_add(ha->addr);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
