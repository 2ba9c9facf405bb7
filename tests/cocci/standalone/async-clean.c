// SPDX-License-Identifier: GPL-2.0-only
/* A driver that is async, and all of it. */
static void foo_fill(struct foo *fp, const struct netdev_hw_addr_list *mc)
{
	struct netdev_hw_addr *ha;

	netdev_hw_addr_list_for_each(ha, mc)
		foo_hash(fp, ha->addr);
	fp->hw.mc = fp->shadow->mc;
}

static int foo_set_rx_mode(struct net_device *dev,
			   struct netdev_hw_addr_list *uc,
			   struct netdev_hw_addr_list *mc)
{
	foo_fill(netdev_priv(dev), mc);
	return 0;
}

static int foo_open(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	foo_set_rx_mode(dev, &dev->uc, &dev->mc);
	netif_addr_unlock_bh(dev);
	return 0;
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode_async	= foo_set_rx_mode,
};
