// SPDX-License-Identifier: GPL-2.0-only
/* A self test adds a group and looks at once whether its frames arrive. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_self_test(struct net_device *dev, u64 *results)
{
	u8 group[ETH_ALEN] = { 0x01, 0, 0, 0, 0, 1 };

	results[0] = dev_mc_add(dev, group); /* here */
	if (results[0])
		return;
	results[0] = !ioread32(netdev_priv(dev));
	dev_mc_del(dev, group);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual filter-trial
 * want-hazard: H24 open
 */
