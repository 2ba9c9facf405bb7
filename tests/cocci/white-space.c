// SPDX-License-Identifier: GPL-2.0-only
/* New lines are indented by tabs, whatever stands around them. */
#include <linux/netdevice.h>

static void x_hw_mc_addr_list_update(void *hw, u8 *mta, int count, int pad)
{
	iowrite32(count + pad, hw);
}

static void x_set_rx_mode(struct net_device *dev)
{
	u8 *mta = netdev_priv(dev);

	if (mta) {
		x_hw_mc_addr_list_update(mta, mta, netdev_mc_count(dev), 0);
		mta[0] = 1;
	}
}

static void y_set_rx_mode(struct net_device *dev)
{
#ifdef CONFIG_IP_MULTICAST
        void *regs = netdev_priv(dev);

        iowrite32(1, regs);
#endif /* CONFIG_IP_MULTICAST */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

static const struct net_device_ops y_ops = {
	.ndo_set_rx_mode	= y_set_rx_mode,
};

/* want: converted */
