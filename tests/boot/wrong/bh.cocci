// SPDX-License-Identifier: GPL-2.0-only
// Takes a lock of the interrupt's side with bottom halves and interrupts on:
// what the old callback was spared, the new one must see to itself.
@@
identifier callback, dev, uc, mc;
expression lock, flags;
@@
 callback(struct net_device *dev, struct netdev_hw_addr_list *uc,
	  struct netdev_hw_addr_list *mc)
 {
 ...
- spin_lock_irqsave(lock, flags);
+ flags = 0;
+ spin_lock(lock);
 ...
- spin_unlock_irqrestore(lock, flags);
+ spin_unlock(lock);
 ...
 }
