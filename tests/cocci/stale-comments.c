// SPDX-License-Identifier: GPL-2.0-only
/* Comments on the old context, and such that name the old operation. */
#include <linux/netdevice.h>

/* netif_tx_lock held, BHs disabled */
static void x_set_rx_mode(struct net_device *dev)
{
	/* ndo_set_rx_mode may come although nothing has changed */
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

/**
 * y_set_rx_mode - set the filter
 * @dev: the device
 *
 * The stack takes addr_list_lock before it calls us.  We
 * cannot sleep in this context.
 */
static void y_set_rx_mode(struct net_device *dev)
{
}

/**
 * z_set_rx_mode - set the filter
 * @dev: the device
 *
 * Called with netif_addr_lock held.
 *
 * The ndo_set_rx_mode operation is called whenever a list of addresses or the
 * flags of the device were changed.
 */
static void z_set_rx_mode(struct net_device *dev)
{
}

/* Called with rtnl_lock, and from the core with netif_tx_lock held. */
static void w_set_rx_mode(struct net_device *dev)
{
}

/*
 * v_set_rx_mode: dev->set_multicast_list function
 * Called with netif_tx_lock held.
 */
static void v_set_rx_mode(struct net_device *dev)
{
}

/*
 * The ndo_set_rx_mode operation is called whenever the unicast or the multicast
 * address list or the flags of the network interface are updated.  This is for
 * the hardware.
 */
static void u_set_rx_mode(struct net_device *dev)
{
}

/* netif_tx_lock held, BHs disabled */
static void x_tx_timeout(struct net_device *dev, unsigned int queue)
{
	/* ndo_set_rx_mode comes later */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
	.ndo_tx_timeout		= x_tx_timeout,
};

static const struct net_device_ops ops[] = {
	{ .ndo_set_rx_mode = y_set_rx_mode, },
	{ .ndo_set_rx_mode = z_set_rx_mode, },
	{ .ndo_set_rx_mode = w_set_rx_mode, },
	{ .ndo_set_rx_mode = v_set_rx_mode, },
	{ .ndo_set_rx_mode = u_set_rx_mode, },
};

/* want: converted */
/* want-hazard: H26 mended */
/* want-hazard: H26 open */
