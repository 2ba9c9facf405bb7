// Success is 0; this adds the return at the end, too.
@return_${n}@
@@
 ${fn}(...)
 {
 <...
-return;
+return 0;
 ...>
 }
