/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_filter(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		foo_add(ha->addr);
}

static void foo_set_rx_mode(struct net_device *dev)
{
	foo_filter(dev);
}

static void bar_set_rx_mode(struct net_device *dev)
{
	spin_lock(&bar_lock);
	foo_filter(dev);
	spin_unlock(&bar_lock);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};

static const struct net_device_ops bar_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= bar_set_rx_mode,
	.ndo_stop		= foo_stop,
};
