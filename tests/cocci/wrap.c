// SPDX-License-Identifier: GPL-2.0-only
/* Lines that get longer than 80 columns. */
#include <linux/netdevice.h>

struct x_priv {
	u32 filter_mode, number_of_groups;
	void __iomem *regs;
};

static struct netdev_hw_addr *x_longest_name_of_a_function(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		return ha;
	return NULL;
}

static void
x_type_on_its_own_line(struct net_device *dev, u32 mode)
{
	iowrite32(netdev_mc_count(dev) + mode, netdev_priv(dev));
}

static u32 x_write_the_multicast_groups(struct net_device *netdev, u32 a, u32 b,
					u32 c)
{
	return netdev_uc_count(netdev) + netdev_mc_count(netdev) + a + b + c;
}

static void x_set_the_receive_mode_of_the_device_now(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if ((dev->flags & (IFF_ALLMULTI | IFF_PROMISC)) || netdev_mc_count(dev) > 32) {
		xp->filter_mode = 3;
	} else if ((dev->flags & IFF_ALLMULTI) || (netdev_mc_count(dev) > 32)) {
		xp->filter_mode = 2;
	} else if (xp->filter_mode != 5 && xp->regs && netdev_mc_empty(dev)) {
		xp->filter_mode = 1;
	}
	if (xp->regs) {
		xp->number_of_groups = netdev_mc_count(dev) + netdev_uc_count(dev);
		xp->filter_mode |= x_write_the_multicast_groups(dev, 1, 2, 3);
	}
	xp->number_of_groups = x_write_the_multicast_groups(dev, xp->filter_mode,
							    2, 3);
	if (x_longest_name_of_a_function(dev))
		x_type_on_its_own_line(dev, xp->filter_mode);
}

static void
y_set_rx_mode(struct net_device *dev)
{
	if ((dev->flags & IFF_ALLMULTI) ||
			(netdev_mc_count(dev) > 32)) {
		pr_debug("%d groups, %d addresses\n",
			netdev_mc_count(dev), netdev_uc_count(dev));
	}
	if ((dev->flags & IFF_PROMISC) ||
			(dev->flags & IFF_UP) ||
			netdev_mc_empty(dev))
		iowrite32(1, netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_the_receive_mode_of_the_device_now,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/* want: converted */
