// SPDX-License-Identifier: GPL-2.0-only
/* A callback that another module uses, by way of an export. */
#include <linux/netdevice.h>

void m_set_rx_mode(struct net_device *dev);

void m_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}
EXPORT_SYMBOL_GPL(m_set_rx_mode);

static const struct net_device_ops core_ops = {
	.ndo_set_rx_mode	= m_set_rx_mode,
};

/* want: converted */
