// The write waits for its end, and is told whether it has to wake the device.
@collapse_sync_${n}@
expression list es;
@@
 ${in}(...)
 {
 <...
-${old}
+${new}
 (es
+, ${more}
 )
 ...>
 }
