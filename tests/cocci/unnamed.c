// SPDX-License-Identifier: GPL-2.0-only
/* Declarations that name no parameter get all of the names, or none. */
#include <linux/netdevice.h>

struct x_ops {
	void (*start)(struct net_device *);
	void (*set_multi) (struct net_device *, int);
};

struct x_priv {
	const struct x_ops *ops;
};

static void x_load(struct net_device *, unsigned int);
static u32 x_count(struct net_device *, u32);
static void x_set_rx_mode(struct net_device *);

static void x_load(struct net_device *netdev, unsigned int mode)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, netdev)
		iowrite32(ha->addr[0] | mode, netdev_priv(netdev));
}

/* spatch is not told of that type: the first parameter stays without. */
static u32 x_count(struct net_device *netdev, u32 more)
{
	iowrite32(more, netdev_priv(netdev));
	return netdev_uc_count(netdev) + more;
}

static void x_multi(struct net_device *dev, int on)
{
	if (on)
		iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

static const struct x_ops x_priv_ops = {
	.set_multi	= x_multi,
};

static void x_set_rx_mode(struct net_device *netdev)
{
	struct x_priv *xp = netdev_priv(netdev);

	xp->ops->set_multi(netdev, 1);
	x_load(netdev, x_count(netdev, 1));
}

static int x_open(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	xp->ops = &x_priv_ops;
	return 0;
}

static const struct net_device_ops x_netdev_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
