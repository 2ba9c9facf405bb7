// SPDX-License-Identifier: GPL-2.0-only
/* The member is set, but once to another device. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, xp->netdev)	/* here */
		iowrite32(ha->addr[0], xp->regs);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

int x_probe(struct net_device *port)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->netdev = dev;
	dev->netdev_ops = &x_ops;
	return register_netdev(dev);
}

void x_move(struct net_device *dev, struct net_device *port)
{
	struct x_priv *xp = netdev_priv(dev);

	xp->netdev = port;
}

/*
 * want: manual foreign-list
 * want-hazard: H1 open
 */
