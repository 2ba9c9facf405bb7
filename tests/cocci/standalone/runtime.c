/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		foo_add(ha->addr);
}

static struct net_device_ops foo_ops = {
	.ndo_open = foo_open,
};

static int foo_probe(struct foo *foo)
{
	if (foo->multicast)
		foo_ops.ndo_set_rx_mode = foo_set_rx_mode;
	foo->ops->ndo_set_rx_mode = foo_set_rx_mode;
	return 0;
}
