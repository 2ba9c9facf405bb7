// SPDX-License-Identifier: GPL-2.0-only
/* A helper of the callback is called from elsewhere, too. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
};

static void x_write_mc(struct x_priv *xp, u32 mode)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, xp->netdev)
		iowrite32(ha->addr[0], xp->regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	x_write_mc(xp, 1);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *priv = netdev_priv(dev);

	x_write_mc(priv, 2);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

int x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->netdev = dev;
	dev->netdev_ops = &x_ops;
	return register_netdev(dev);
}

/*
 * want: converted
 * want-hazard: H3 open
 */
