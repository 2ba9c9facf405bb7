// SPDX-License-Identifier: GPL-2.0-only
/* Two levels down, by way of a function that has no list of its own. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
};

static int x_fill_table(struct net_device *dev, u32 *table, unsigned int size)
{
	struct netdev_hw_addr *ha;
	unsigned int n = 0;

	if (netdev_mc_count(dev) > size)
		return -EBUSY;
	netdev_for_each_mc_addr(ha, dev)
		table[n++] = ha->addr[0];
	return n;
}

static void x_update(struct net_device *dev, u32 mode)
{
	struct x_priv *xp = netdev_priv(dev);
	u32 table[16];

	if (x_fill_table(dev, table, ARRAY_SIZE(table)) > 0 && mode)
		iowrite32(table[0], xp->regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	if (dev->flags & IFF_UP)
		x_update(dev, 1);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
