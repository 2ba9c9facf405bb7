// Its declarations.
@prototype_${n}@
parameter list ps;
@@
-void
+${ret}
 ${fn}(ps
+	, struct netdev_hw_addr_list *${uc}, struct netdev_hw_addr_list *${mc}
 );
