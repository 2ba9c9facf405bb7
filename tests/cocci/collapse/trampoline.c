// SPDX-License-Identifier: GPL-2.0-only
/* The callback only queues; the work takes rtnl and the address lock. */
#include <linux/netdevice.h>

/**
 * struct x_priv - one card
 * @dev: its device
 * @rx_work: sets the filter, which
 *	may sleep
 * @regs: where it is mapped
 */
struct x_priv {
	struct net_device *dev;
	struct work_struct tx_work;
	struct work_struct rx_work;	/* sets the filter */
	void *regs;
};

static void x_hash(struct x_priv *xp)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, xp->dev)
		iowrite32(ether_crc(ETH_ALEN, ha->addr), xp->regs);
}

static void x_rx_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, rx_work);
	struct net_device *dev = xp->dev;

	rtnl_lock();
	msleep(1);

	netif_addr_lock_bh(dev);
	if (netdev_mc_empty(dev)) {
		netif_addr_unlock_bh(dev);
		rtnl_unlock();
		return;
	}

	iowrite32(dev->flags & IFF_PROMISC, xp->regs);
	x_hash(xp);
	netif_addr_unlock_bh(dev);
	rtnl_unlock();
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (!netif_running(dev))
		return;

	schedule_work(&xp->rx_work);
}

static int x_stop(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	cancel_work_sync(&xp->rx_work);
	iowrite32(0, xp->regs);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_stop		= x_stop,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

struct net_device *x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->dev = dev;
	dev->netdev_ops = &x_ops;
	INIT_WORK(&xp->rx_work, x_rx_work);
	if (register_netdev(dev))
		return NULL;
	return dev;
}

void x_remove(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	unregister_netdev(dev);
	/* no more filters to set */
	cancel_work_sync(&xp->rx_work);

	kfree(xp->regs);
}

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H10 mended
 * want-hazard: H8 mended
 * want-hazard: H11 ruled-out
 * want-hazard: H12 mended
 * want-hazard: H14 ruled-out
 */
