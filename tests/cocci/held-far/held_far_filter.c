// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "held_far.h"

void f_set_rx_mode(struct net_device *dev)
{
	netif_stop_queue(dev);	/* here */
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	netif_wake_queue(dev);
}
