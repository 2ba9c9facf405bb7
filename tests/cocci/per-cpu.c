// SPDX-License-Identifier: GPL-2.0-only
/* Relies on staying on one CPU. */
#include <linux/netdevice.h>

int smp_processor_id(void);

static void x_set_rx_mode(struct net_device *dev)
{
	iowrite32(smp_processor_id(), netdev_priv(dev));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-hazard: H8 mended
 */
