// SPDX-License-Identifier: GPL-2.0-only
/* A driver that somebody made async, and not all of it. */
static void foo_update(struct net_device *dev)
{
	struct foo *fp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		foo_hash(fp, ha->addr);
	foo_give(fp, &dev->uc);
	if (dev->uc.count > 4)
		fp->promisc = 1;
}

static void foo_locked(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	foo_give(netdev_priv(dev), &dev->mc);
	netif_addr_unlock_bh(dev);
	if (netdev_mc_empty(dev))
		return;
}

static int foo_set_rx_mode(struct net_device *dev,
			   struct netdev_hw_addr_list *uc,
			   struct netdev_hw_addr_list *mc)
{
	struct foo *fp = netdev_priv(dev);

	__hw_addr_sync_dev(uc, dev, foo_sync, foo_unsync);
	foo_update(dev);
	foo_locked(dev);
	rtnl_lock();
	rtnl_unlock();
	flush_work(&fp->work);
	return 0;
}

/* Not in the callback's reach. */
static void foo_work(struct foo *fp)
{
	rtnl_lock();
	fp->dev->netdev_ops->ndo_set_rx_mode(fp->dev);
	if (fp->dev->netdev_ops->ndo_set_rx_mode)
		foo_reset(fp);
	rtnl_unlock();
}

static const struct net_device_ops foo_ops = {
	.ndo_set_rx_mode_async	= foo_set_rx_mode,
};
