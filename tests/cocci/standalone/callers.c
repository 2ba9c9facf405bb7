/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	struct foo *foo = netdev_priv(dev);

	foo_write(foo, dev->flags & IFF_PROMISC);
}

static int foo_open(struct net_device *dev)
{
	if (dev->mtu)
		foo_set_rx_mode(dev);
	return 0;
}

static void foo_reset(struct foo *foo)
{
	foo_set_rx_mode(foo->ndev);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
