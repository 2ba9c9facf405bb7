/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/netdevice.h>

struct x_priv {
	struct net_device *dev;
	struct work_struct rx_work;
	void *regs;
};
