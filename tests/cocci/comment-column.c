// SPDX-License-Identifier: GPL-2.0-only
/* Comments behind a line that gets longer: in their column, behind it, above. */
#include <linux/netdevice.h>

static void x_load_filter(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	void *regs = netdev_priv(dev);
	int count;

	/* Only the low halves are used. */
	if (netdev_mc_count(dev) > 14)	/* Must use a multicast hash table. */
		iowrite32(1, regs);
	else if (netdev_mc_count(dev) > 4)	/* And these are too many, too. */
		iowrite32(2, regs);
	count		= 0;					/* none yet */
	count		= netdev_mc_count(dev);			/* all of them */
	count		+= netdev_mc_count(dev);				/* was too far out */
	netdev_for_each_mc_addr(ha, dev)	/* each one */
		iowrite32(ha->addr[0], regs);
	iowrite32(count, regs);
	iowrite32(dev->flags & IFF_PROMISC ? 1 : 0, regs);
}

static void x_start(struct net_device *dev)
{
	x_load_filter(dev); /* changes what the device lets through, and how */
	if (dev->flags & IFF_PROMISC)
		x_load_filter(dev);	/* (re)loads what the reset wiped */
}

static int x_open(struct net_device *dev)
{
	x_start(dev);
	return 0;
}

static void x_set_rx_mode(struct net_device *dev)
{
	x_load_filter(dev);	/* the same */
}

static const struct net_device_ops x_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
/* want-hazard: H3 open */
