// SPDX-License-Identifier: GPL-2.0-only
/* A macro returns what it is given: nothing so far. */
#include <linux/netdevice.h>

#ifdef DEBUG
#define RET(args...) do { iowrite32(1, NULL); return args; } while (0)
#else
#define RET(args...) return args
#endif
#define LEAVE(...) return __VA_ARGS__

static void x_set_rx_mode(struct net_device *dev)
{
	if (!netif_running(dev))
		LEAVE();
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
	RET();
}

static void y_set_rx_mode(struct net_device *dev)
{
	if (!netif_running(dev))
		LEAVE();
	if (dev->flags & IFF_ALLMULTI)
		return;
	iowrite32(netdev_uc_count(dev), netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H15 mended
 */
