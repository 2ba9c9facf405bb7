// SPDX-License-Identifier: GPL-2.0-only
// Takes the unicast list for the multicast list.
@@
identifier callback, dev, uc, mc;
@@
 callback(struct net_device *dev, struct netdev_hw_addr_list *uc,
	  struct netdev_hw_addr_list *mc)
 {
 <...
- mc
+ uc
 ...>
 }
