// Sync the device's filters to the list.
@sync_${n}@
expression s, u;
@@
 ${fn}(...)
 {
 <...
-${old}(${dev}, s, u)
+__hw_addr_sync_dev(${list}, ${dev}, s, u)
 ...>
 }
