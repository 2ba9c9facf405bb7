/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		foo_add(ha->addr);
}

static const struct net_device_ops foo_ops = {
	.ndo_set_rx_mode	= FOO_MULTICAST ? foo_set_rx_mode : NULL,
};
