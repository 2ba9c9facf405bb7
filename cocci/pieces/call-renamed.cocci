// A direct call is one of the body.
@call_renamed_${n}@
@@
 ${in}(...)
 {
 <...
-${fn}(${args})
+${new}(${args})
 ...>
 }
