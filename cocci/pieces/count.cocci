// Count its entries.
@count_${n}@
@@
 ${fn}(...)
 {
 <...
-${old}(${dev})
+netdev_hw_addr_list_count(${list})
 ...>
 }
