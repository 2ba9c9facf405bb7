// SPDX-License-Identifier: GPL-2.0-only
/* What is added goes again where the next step fails: nothing looks between. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

void x_self_test(struct net_device *dev, u64 *results)
{
	u8 group[ETH_ALEN] = { 0x01, 0, 0, 0, 0, 1 };

	results[0] = dev_mc_add(dev, group);
	if (results[0])
		return;
	results[0] = ioread32(netdev_priv(dev));
	if (results[0])
		goto undo;
	return;

undo:
	dev_mc_del(dev, group);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 */
