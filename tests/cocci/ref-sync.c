// SPDX-License-Identifier: GPL-2.0-only
/* Works with the reference counts of the entries. */
#include <linux/netdevice.h>

static int x_sync(struct net_device *dev, const unsigned char *addr, int n)
{
	return 0;
}

static void x_set_rx_mode(struct net_device *dev)
{
	__hw_addr_ref_sync_dev(&dev->mc, dev, x_sync, NULL);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual ref-sync
 * want-hazard: H20 open
 * want-hazard: H22 open
 */
