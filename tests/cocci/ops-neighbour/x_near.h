// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

struct x_ops {
	void (*update)(struct net_device *dev);
};
