/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	__le16 buf[32] __attribute__((aligned(sizeof(long)))) = { 0 } FOO;

	foo_write(dev, netdev_mc_count(dev), buf);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
