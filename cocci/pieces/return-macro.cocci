// A macro that returns is given what to return.
@return_macro_${n}@
@@
 ${in}(...)
 {
 <...
-${fn}();
+${fn}(0);
 ...>
 }
