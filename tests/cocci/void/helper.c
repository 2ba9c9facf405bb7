// SPDX-License-Identifier: GPL-2.0-only
/* Helpers: each gets the lists that it needs, const where it only reads. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
};

static int x_add(struct net_device *dev, const unsigned char *addr)
{
	return 0;
}

static void x_write_mc(struct net_device *dev, struct x_priv *xp)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], xp->regs);
}

static bool x_too_many_uc(struct net_device *dev)
{
	return netdev_uc_count(dev) > 4;
}

static int x_sync_both(struct net_device *dev)
{
	int ret = __dev_uc_sync(dev, x_add, NULL);

	return ret ? ret : __dev_mc_sync(dev, x_add, NULL);
}

static u32 x_hash(const u8 *addr)
{
	return addr[0];
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (x_too_many_uc(dev) && x_hash(dev->dev_addr))
		iowrite32(2, xp->regs);
	x_sync_both(dev);
	x_write_mc(dev, xp);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
