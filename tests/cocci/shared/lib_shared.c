// SPDX-License-Identifier: GPL-2.0-only
/* A source that two drivers include. */
static void __shared_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
