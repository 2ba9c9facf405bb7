// A variable that was but another name for the list.
@alias_${n}@
@@
 ${fn}(...)
 {
 <...
-struct netdev_hw_addr_list *${var} = &${dev}->${member};
 ...>
 }

@alias_used_${n} depends on alias_${n}@
@@
 ${fn}(...)
 {
 <...
-${var}
+${list}
 ...>
 }
