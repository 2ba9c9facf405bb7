/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev);

static void foo_set_rx_mode(struct net_device *dev)
{
	struct foo *foo = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	if (!foo->up)
		return;

	if (netdev_mc_empty(dev) && netdev_uc_empty(dev)) {
		foo_clear(foo);
		return;
	}

	if (netdev_mc_count(dev) > 16 || dev->uc.count > 4) {
		foo_all(foo, netdev_uc_count(dev) + dev->mc.count);
		return;
	}

	netdev_for_each_uc_addr(ha, dev)
		foo_add(foo, ha->addr);
	netdev_for_each_mc_addr(ha, dev) {
		foo_add(foo, ha->addr);
	}
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
