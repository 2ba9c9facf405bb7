// The callback gets both lists.
@signature_${n}@
identifier d;
@@
-void ${fn}(struct net_device *d)
+${ret} ${fn}(struct net_device *d, struct netdev_hw_addr_list *${uc}, struct netdev_hw_addr_list *${mc})
 { ... }
