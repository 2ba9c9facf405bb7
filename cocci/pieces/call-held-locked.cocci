// A direct call gives the device's own lists to the body, under the address
// lock.
@call_held_locked_${n}@
@@
 ${in}(...)
 {
 <...
-${fn}(${args});
+netif_addr_lock_bh(${lock});
+${new}(${args}, ${more});
+netif_addr_unlock_bh(${lock});
 ...>
 }
