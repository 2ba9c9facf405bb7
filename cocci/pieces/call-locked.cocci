// A direct call gives the device's own lists, under the address lock.
@call_locked_${n}@
@@
 ${in}(...)
 {
 <...
+netif_addr_lock_bh(${lock});
 ${fn}(${args}
+	, ${more}
 );
+netif_addr_unlock_bh(${lock});
 ...>
 }
