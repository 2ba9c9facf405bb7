// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

void n_set_rx_mode(struct net_device *dev);

void n_user_reset(struct net_device *dev)
{
	n_set_rx_mode(dev);
}
