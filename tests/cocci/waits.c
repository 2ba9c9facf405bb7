// SPDX-License-Identifier: GPL-2.0-only
/* Waits for work. */
#include <linux/netdevice.h>

struct x_priv {
	struct work_struct work;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);

	flush_work(&xp->work);	/* here */
	schedule_work(&xp->work);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: manual waits
 * want-hazard: H11 open
 */
