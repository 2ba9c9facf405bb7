// SPDX-License-Identifier: GPL-2.0-only
/* Walks in conditions and in each other, with braces and without. */
#include <linux/netdevice.h>

static void x_filter(struct net_device *dev, const u8 *addr);
static void x_pair(const u8 *a, const u8 *b);

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha, *hb;
	int i = 0;

	if (dev->flags & IFF_PROMISC)
		return;
	else
		netdev_for_each_mc_addr(ha, dev)
			if (ha->addr[0] & 1)
				x_filter(dev, ha->addr);

	for (i = 0; i < 2; i++) {
		netdev_for_each_uc_addr(ha, dev) {
			netdev_for_each_mc_addr(hb, dev)
				x_pair(ha->addr, hb->addr);
		}
	}
	netdev_for_each_uc_addr(ha, dev)
		netdev_for_each_mc_addr(hb, dev) {
			if (i++ == netdev_mc_count(dev))
				break;
			x_pair(ha->addr, hb->addr);
		}
}

static void x_filter(struct net_device *dev, const u8 *addr)
{
	iowrite32(addr[0], netdev_priv(dev));
}

static void x_pair(const u8 *a, const u8 *b)
{
	iowrite32(a[0] + b[0], NULL);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
