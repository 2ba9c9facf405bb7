// SPDX-License-Identifier: GPL-2.0-only
/* One variable is private to a device or not: just before, it was. */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	void *regs;
};

static void x_hash(struct x_priv *xp)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0;

	netdev_for_each_mc_addr(ha, xp->dev)
		hash |= 1 << (ha->addr[5] & 31);
	iowrite32(hash, xp->regs);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	x_hash(xp);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

struct x_priv *x_add(bool without)
{
	struct net_device *dev;
	struct x_priv *xp;

	if (without) {
		xp = kmalloc(sizeof(*xp), GFP_KERNEL);
	} else {
		dev = alloc_etherdev(sizeof(*xp));
		dev->netdev_ops = &x_ops;
		xp = netdev_priv(dev);
		xp->dev = dev;
	}
	return xp;
}

/* want: converted */
