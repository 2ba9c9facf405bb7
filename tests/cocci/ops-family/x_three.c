// SPDX-License-Identifier: GPL-2.0-only
#include "x.h"

int x_plain_update(struct x_priv *xp, struct net_device *dev)
{
	iowrite32(dev->flags & IFF_ALLMULTI, xp);
	return 0;
}

static void start(struct x_priv *xp)
{
}

const struct x_ops x_three_ops = {
	X_COMMON_OPS,
	.start	= start,
};
