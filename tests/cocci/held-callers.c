// SPDX-License-Identifier: GPL-2.0-only
/* Direct callers of what is kept under the lock: with it, and without. */
#include <linux/netdevice.h>

static void x_set_rx_mode(struct net_device *dev);

static void x_start(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	x_set_rx_mode(dev);
	netif_addr_unlock_bh(dev);
}

int x_resume(struct net_device *dev)
{
	x_start(dev);
	return 0;
}

/**
 * x_set_rx_mode - sets the filter
 * @dev: whose
 *
 * The address lock is held.
 */
static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	if (dev->flags & IFF_ALLMULTI)
		return;
	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
}

static int x_change_mtu(struct net_device *dev, int mtu)
{
	dev->mtu = mtu;
	x_set_rx_mode(dev);
	return 0;
}

static const struct net_device_ops x_ops = {
	.ndo_change_mtu		= x_change_mtu,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 mended
 * want-hazard: H3 mended
 * want-hazard: H3 ruled-out
 */
