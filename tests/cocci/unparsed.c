// SPDX-License-Identifier: GPL-2.0-only
/* To spatch, which knows no iterator yet, this looks like a multiplication. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	u32 hash = 0, *p = &hash;

	netdev_for_each_mc_addr(ha, dev)
		*p |= 1u << (ha->addr[5] & 31); /* here */
	iowrite32(hash, netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: failed unparsed */
