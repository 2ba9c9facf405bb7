// SPDX-License-Identifier: GPL-2.0-only
/* Odd white space, and comments at the ends of lines. */
#include <linux/netdevice.h>

static void x_set_rx_mode (struct net_device *dev)	/* the callback */
{
	void *regs = netdev_priv (dev);			/* where */
	struct netdev_hw_addr *ha;

	if ( netdev_mc_count (dev) > 3 ) {		/* many */
		iowrite32 ( 1, regs );			/* all of them */
		return ;				/* done */
	}
	netdev_for_each_mc_addr (ha, dev)		/* each */
		iowrite32 ( ha->addr[0], regs );	/* one */
	iowrite32(netdev_uc_count( dev ), regs);	/* the rest */
}

static void y_set_rx_mode( struct net_device *dev )
{
  if( netdev_mc_empty(dev) ) return;
  iowrite32(1, netdev_priv(dev)); }

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,	/* the filter */
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,	/* the other filter */
};

/* want: converted */
