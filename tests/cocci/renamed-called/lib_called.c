// SPDX-License-Identifier: GPL-2.0-only
static void __called_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
