// What the work did for the bit is done at once.
@collapse_flag_${n}@
@@
 ${in}(...)
 {
 <...
-${old};
+${new};
 ...>
 }
