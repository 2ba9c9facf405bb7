// SPDX-License-Identifier: GPL-2.0-only
/* Kernel-doc of several kinds follows; other comments stay. */
#include <linux/netdevice.h>

/**
 * x_write_mc - write the groups
 * @dev: the device,
 *	whose groups are written
 * @regs: where to
 *
 * All of them.
 */
static void x_write_mc(struct net_device *dev, void *regs)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], regs);
}

/**
 * x_set_rx_mode - set the filter
 * @dev: the device
 *
 * Called whenever the lists or the flags change.
 */
static void x_set_rx_mode(struct net_device *dev)
{
	x_write_mc(dev, netdev_priv(dev));
}

/**
 *  y_set_rx_mode - set the filter
 *  @dev: the device
 **/
static void y_set_rx_mode(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

/**
 * z_set_rx_mode - set the filter
 * @dev: the device
 *
 * Return: None
 */
static void z_set_rx_mode(struct net_device *dev)
{
}

/**
 * v_set_rx_mode - set the filter
 *
 * It has no word on its parameter.
 */
static void v_set_rx_mode(struct net_device *dev)
{
}

/* w_set_rx_mode - no kernel-doc
 * @dev: the device
 */
static void w_set_rx_mode(struct net_device *dev)
{
}

/** u_set_rx_mode - on one line */
static void u_set_rx_mode(struct net_device *dev)
{
}

/**
 * t_set_rx_mode - set the filter
 * @dev: the device */
static void t_set_rx_mode(struct net_device *dev)
{
}

/**
 *	r_set_rx_mode - set the filter
 *	@dev:	the device
 *
 *	Its words stand in a column, its lines behind a tab.
 */
static void r_set_rx_mode(struct net_device *dev)
{
}

/**
 * q_set_rx_mode - set the filter
 * @dev:       the device
 *
 *  Return value:
 *  void.
 */
static void q_set_rx_mode(struct net_device *dev)
{
}

static const struct net_device_ops ops[] = {
	{ .ndo_set_rx_mode = x_set_rx_mode, },
	{ .ndo_set_rx_mode = y_set_rx_mode, },
	{ .ndo_set_rx_mode = z_set_rx_mode, },
	{ .ndo_set_rx_mode = v_set_rx_mode, },
	{ .ndo_set_rx_mode = w_set_rx_mode, },
	{ .ndo_set_rx_mode = u_set_rx_mode, },
	{ .ndo_set_rx_mode = t_set_rx_mode, },
	{ .ndo_set_rx_mode = r_set_rx_mode, },
	{ .ndo_set_rx_mode = q_set_rx_mode, },
};

/* want: converted */
