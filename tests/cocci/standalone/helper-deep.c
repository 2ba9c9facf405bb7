/* SPDX-License-Identifier: GPL-2.0-only */
static int foo_hash(struct foo *foo, struct net_device *dev, int n)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		n = foo_add(foo, ha->addr, n);
	return n;
}

static void foo_sync(struct net_device *dev)
{
	__dev_uc_sync(dev, foo_uc_add, foo_uc_del);
}

static void foo_count(struct net_device *dev)
{
	foo_note(netdev_uc_count(dev));
}

static void foo_filter(struct net_device *dev)
{
	struct foo *foo = netdev_priv(dev);

	foo_count(dev);
	if (foo_hash(foo, dev, netdev_mc_count(dev)))
		foo_sync(dev);
}

static void foo_set_rx_mode(struct net_device *dev)
{
	foo_filter(dev);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
