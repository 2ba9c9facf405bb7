// SPDX-License-Identifier: GPL-2.0-only
#include "x.h"

static void x_glue_update(struct net_device *dev)
{
	iowrite32(netdev_mc_count(dev), netdev_priv(dev));
}

const struct x_ops x_glue_ops = {
	.update = x_glue_update,
};
