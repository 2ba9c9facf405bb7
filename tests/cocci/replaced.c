// SPDX-License-Identifier: GPL-2.0-only
/* Helpers that get their device for nothing but the lists, and others. */
#include <linux/netdevice.h>

#define x_write(value) iowrite32(value, netdev_priv(dev))

struct x_priv {
	struct net_device *netdev;
	void __iomem *regs;
	u8 bits[8];
};

static void x_make_bits(u8 *, struct net_device *dev);
static int x_copy(u8 *bits, struct net_device *, int);

/**
 * x_make_bits - hash the groups
 * @bits: where to
 * @dev: the device,
 *	whose groups are hashed
 */
static void x_make_bits(u8 *bits, struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		bits[ha->addr[0] & 7] |= 1;
}

/*
 * Copies the addresses of @dev to @bits, if there are not too many of them for
 * that; and the hash of those of @dev.
 */
static int x_copy(u8 *bits, struct net_device *dev, int max)
{
	struct netdev_hw_addr *ha;
	int i = 0;

	if (netdev_uc_count(dev) + netdev_mc_count(dev) > max)
		return 0;
	netdev_for_each_uc_addr(ha, dev)
		bits[i++] = ha->addr[0];
	x_make_bits(bits, dev);
	return i;
}

/* Its device is used by the macro. */
static void x_by_macro(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		x_write(ha->addr[0]);
}

/* It has the device for its private data, too. */
static void x_first(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	iowrite32(netdev_mc_count(dev), xp->regs);
}

/* Without the device, the caller would have a variable for nothing. */
static void x_count(struct net_device *dev, void __iomem *regs)
{
	iowrite32(netdev_uc_count(dev), regs);
}

static void x_from_priv(struct x_priv *xp)
{
	struct net_device *netdev = xp->netdev;

	x_count(netdev, xp->regs);
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	return x_copy(xp->bits, xp->netdev, 16);
}

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	x_copy(xp->bits, dev, 16);
	x_by_macro(dev);
	x_first(dev);
	x_from_priv(xp);
}

static int x_probe(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *xp = netdev_priv(dev);

	xp->netdev = dev;
	return register_netdev(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
/* want-hazard: H3 open */
