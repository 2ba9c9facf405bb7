// SPDX-License-Identifier: GPL-2.0-only
/* A local that nothing but the list's accessors used. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
};

static void x_write_mc(struct x_priv *xp)
{
	struct net_device *netdev = xp->netdev;
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, netdev)
		iowrite32(ha->addr[0], xp->regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	x_write_mc(xp);
}

static const struct net_device_ops x_ops = {
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

/* want: converted */
