// SPDX-License-Identifier: GPL-2.0-only
/* Only the flags are looked at. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
};

static void x_set_rx_mode(struct net_device *dev)
{
	struct x_priv *xp = netdev_priv(dev);
	u32 mode = 0;

	if (dev->flags & IFF_PROMISC)
		mode |= 1;
	if (dev->flags & IFF_ALLMULTI)
		mode |= 2;

	iowrite32(mode, xp->regs);
}

static const struct net_device_ops x_ops = {
	.ndo_open = NULL,
	.ndo_set_rx_mode = x_set_rx_mode,
	.ndo_stop = NULL,
};

/* want: converted */
