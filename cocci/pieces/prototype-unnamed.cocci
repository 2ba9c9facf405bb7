// Its declarations that name no parameter.
@prototype_${n}@
@@
-void ${fn}(struct net_device *);
+${ret} ${fn}(struct net_device *dev, struct netdev_hw_addr_list *${uc}, struct netdev_hw_addr_list *${mc});
