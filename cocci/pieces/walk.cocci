// Walk the list that the function is given.
@walk_${n}@
iterator name ${old}, netdev_hw_addr_list_for_each;
expression ha;
statement S;
@@
 ${fn}(...)
 {
 <...
-${old}(ha, ${dev})
+netdev_hw_addr_list_for_each(ha, ${list})
 S
 ...>
 }
