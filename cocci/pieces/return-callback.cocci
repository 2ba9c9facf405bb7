// A callback that ends with the call of another returns what that one does.
@return_callback_${n}@
@@
 ${in}(...)
 {
 ... when any
-${fn}(${args});
+return ${fn}(${args}, ${more});
 }
