// What the callback did, it goes on doing under the address lock.
@held_${n}@
type T;
parameter list ps;
@@
${static}
 T
-${fn}
+${inner}
 (ps
${more}
 )
 { ... }
+
+${storage}${ret} ${fn}(struct net_device *${dev}, struct netdev_hw_addr_list *uc, struct netdev_hw_addr_list *mc)
+{
+	netif_addr_lock_bh(${dev});
+	${inner}(${dev}${args});
+	netif_addr_unlock_bh(${dev});
${return}
+}
