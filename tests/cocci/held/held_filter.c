// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

#include "held.h"

/* Context: netif_addr_lock held, BHs disabled. */
void h_set_rx_mode(struct net_device *dev)
{
	schedule_work(netdev_priv(dev));
}

int h_change_mtu(struct net_device *dev, int mtu)
{
	dev->mtu = mtu;
	h_set_rx_mode(dev);
	return 0;
}

/* Waits for the callback. */
int h_stop(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	netif_addr_unlock_bh(dev);
	return 0;
}
