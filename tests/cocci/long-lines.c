// SPDX-License-Identifier: GPL-2.0-only
/* Where lines that get too long are broken, and what is below them. */
#include <linux/netdevice.h>

#define X_FILTER_TABLE_ENTRIES 64
#define x_alloc(p, member, count, flags) \
	x_kmalloc(sizeof(*(p)) + sizeof((p)->member[0]) * (count), flags)

struct x_list {
	int count;
	u64 entries[];
};

void *x_kmalloc(unsigned long size, int flags);
void *x_kmalloc_array(unsigned long n, unsigned long size, int flags);
void x_kfree(void *p);

static void x_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	struct x_list *x_list_of_groups = NULL;
	void *regs = netdev_priv(dev);
	u8 *table = NULL;
	int i = 0;

	if (dev->flags & IFF_UP) {
		if (i + netdev_mc_count(dev) > X_FILTER_TABLE_ENTRIES) {
			iowrite32(1, regs);
		} else if (!netdev_mc_empty(dev)) {
			table = x_kmalloc_array(netdev_mc_count(dev), ETH_ALEN,
						GFP_ATOMIC);
			if (table) {
				unsigned long size = netdev_mc_count(dev) * ETH_ALEN;

				iowrite32(size, regs);
				x_list_of_groups = x_alloc(x_list_of_groups, entries,
							   netdev_mc_count(dev),
							   GFP_ATOMIC);
			}
		}
	}
	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], regs);
	x_kfree(x_list_of_groups);
	x_kfree(table);
}

/* The type is long, and the parameters are on two lines for that. */
static struct x_list __iomem *x_send_to_card(struct net_device *dev,
					     int command)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		iowrite32(ha->addr[0], netdev_priv(dev));
	iowrite32(command, dev->priv);
	return NULL;
}

static void y_set_rx_mode(struct net_device *dev)
{
	x_send_to_card(dev, 1);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_stop		 = NULL,
	.ndo_set_rx_mode	 = y_set_rx_mode,
	.ndo_validate_addr	 = NULL,
};

/* want: converted */
