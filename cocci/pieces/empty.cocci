// Ask whether it is empty.
@empty_${n}@
@@
 ${fn}(...)
 {
 <...
-${old}(${dev})
+netdev_hw_addr_list_empty(${list})
 ...>
 }
