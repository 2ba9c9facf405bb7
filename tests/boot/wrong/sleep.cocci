// SPDX-License-Identifier: GPL-2.0-only
// Sleeps while it holds a spinlock.
@@
identifier callback, dev, uc, mc;
expression lock, flags;
@@
 callback(struct net_device *dev, struct netdev_hw_addr_list *uc,
	  struct netdev_hw_addr_list *mc)
 {
 ...
 spin_lock_irqsave(lock, flags);
+ usleep_range(100, 200);
 ...
 }
