// SPDX-License-Identifier: GPL-2.0-only
/* A local struct, by value, has a member of the back pointer's name, too. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	void __iomem *regs;
};

struct x_params {
	void *dev;
};

static void x_write_mc(struct x_priv *xp)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, xp->dev)
		iowrite32(ha->addr[0], xp->regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_write_mc(netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

void *x_pool(void *parent)
{
	struct x_params params = {0};

	params.dev = parent;
	return params.dev;
}

int x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->dev = dev;
	dev->netdev_ops = &x_ops;
	return register_netdev(dev);
}

/* want: converted */
