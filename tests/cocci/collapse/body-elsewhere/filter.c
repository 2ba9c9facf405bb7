// SPDX-License-Identifier: GPL-2.0-only
/* The work's function, for another file. */
#include "x.h"

void x_rx_work(struct work_struct *work)
{
	struct netdev_hw_addr *ha;
	struct x_priv *xp;
	u32 hash = 0;

	xp = container_of(work, struct x_priv, rx_work);

	netdev_for_each_mc_addr(ha, xp->dev)
		hash |= 1 << (ha->addr[5] & 31);
	iowrite32(hash, xp->regs);
}
