// The write waits for its end.
@collapse_sync_${n}@
@@
 ${in}(...)
 {
 <...
-${old}
+${new}
 (...)
 ...>
 }
