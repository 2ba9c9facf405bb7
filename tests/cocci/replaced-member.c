// SPDX-License-Identifier: GPL-2.0-only
/* Behind a member, the device goes where none of the functions needs it. */
#include <linux/netdevice.h>

struct x_hw;
struct x_mac_ops {
	int (*update_mc)(struct x_hw *, struct net_device *);
	void (*update_uc)(struct net_device *dev, u32 mode);
};

struct x_hw {
	struct x_mac_ops mac;
	void __iomem *regs;
};

/**
 * x_update_mc - write the groups
 * @hw: the device's registers
 * @netdev: whose groups
 */
static int x_update_mc(struct x_hw *hw, struct net_device *netdev)
{
	struct netdev_hw_addr *ha;

	if (netdev_mc_count(netdev) > 16)
		return -EBUSY;
	netdev_for_each_mc_addr(ha, netdev)
		iowrite32(ha->addr[0], hw->regs);
	return 0;
}

/**
 * x_no_update_mc - stub
 * @hw: unused
 * @netdev: unused
 */
static int x_no_update_mc(struct x_hw *hw, struct net_device *netdev)
{
	return -EBUSY;
}

static void x_update_uc(struct net_device *dev, u32 mode)
{
	iowrite32(netdev_uc_count(dev) | mode, NULL);
}

/* It needs the device. */
static void y_update_uc(struct net_device *dev, u32 mode)
{
	iowrite32(netdev_uc_count(dev) | mode, netdev_priv(dev));
}

static void x_set_rx_mode(struct net_device *netdev)
{
	struct x_hw *hw = netdev_priv(netdev);

	hw->mac.update_mc(hw, netdev);
	(*hw->mac.update_uc)(netdev, 1);
}

static int x_open(struct net_device *netdev)
{
	struct x_hw *hw = netdev_priv(netdev);

	if (netdev->flags & IFF_UP) {
		hw->mac.update_mc = x_update_mc;
		hw->mac.update_uc = x_update_uc;
	} else {
		hw->mac.update_mc = x_no_update_mc;
		hw->mac.update_uc = y_update_uc;
	}
	return hw->mac.update_mc(hw, netdev);
}

static const struct net_device_ops x_netdev_ops = {
	.ndo_open		= x_open,
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/* want: converted */
/* want-hazard: H3 open */
