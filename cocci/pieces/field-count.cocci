// Count its entries, where the member was read.
@field_count_${n}@
@@
 ${fn}(...)
 {
 <...
-${dev}->${member}.count
+netdev_hw_addr_list_count(${list})
 ...>
 }
