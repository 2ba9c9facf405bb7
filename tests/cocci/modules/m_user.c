// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

void m_set_rx_mode(struct net_device *dev);

static const struct net_device_ops user_ops = {
	.ndo_set_rx_mode	= m_set_rx_mode,
};
