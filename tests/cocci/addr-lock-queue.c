// SPDX-License-Identifier: GPL-2.0-only
/* The callback only queues work, which holds the lock to walk the list. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	struct work_struct work;
	void __iomem *regs;
};

static void x_work(struct work_struct *work)
{
	struct x_priv *xp = container_of(work, struct x_priv, work);
	struct netdev_hw_addr *ha;

	netif_addr_lock_bh(xp->netdev);
	netdev_for_each_mc_addr(ha, xp->netdev)
		iowrite32(ha->addr[0], xp->regs);
	netif_addr_unlock_bh(xp->netdev);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	schedule_work(&xp->work);
}

void x_probe(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	INIT_WORK(&xp->work, x_work);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 ruled-out
 */
