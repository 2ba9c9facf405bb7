// What was queued is done.
@collapse_call_${n}@
@@
 ${in}(...)
 {
 <...
-${old};
+${new};
 ...>
 }
