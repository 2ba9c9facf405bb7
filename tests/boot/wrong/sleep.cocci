// SPDX-License-Identifier: GPL-2.0-only
// May sleep while it holds a spinlock. To sleep indeed would fill the log with
// each call, and the machine would do nothing else.
@@
identifier callback, dev, uc, mc;
expression lock, flags;
@@
 callback(struct net_device *dev, struct netdev_hw_addr_list *uc,
	  struct netdev_hw_addr_list *mc)
 {
 ...
 spin_lock_irqsave(lock, flags);
+ kfree(kmalloc(16, GFP_KERNEL));
 ...
 }
