// What was queued with the lock held is done behind it.
@collapse_call_${n}@
@@
 ${in}(...)
 {
 <...
-${old};
 ${unlock};
+${new};
 ...>
 }
