/* SPDX-License-Identifier: GPL-2.0-only */
#include "foo.h"

void foo_update(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	foo_write(dev);
	netif_addr_unlock_bh(dev);
}
