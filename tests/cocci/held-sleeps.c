// SPDX-License-Identifier: GPL-2.0-only
/* What sleeps, wrongly today, can't run under the address lock. */
#include <linux/netdevice.h>

struct x_priv {
	struct mutex mutex;
	bool no_mcast;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	if (xp->no_mcast)
		return;
	mutex_lock(&xp->mutex);
	iowrite32(netdev_mc_count(dev), xp);
	mutex_unlock(&xp->mutex);
}

void x_reset(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	netif_addr_lock_bh(dev);	/* here */
	xp->no_mcast = true;
	netif_addr_unlock_bh(dev);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual addr-lock
 * want-hazard: H8 open
 */
