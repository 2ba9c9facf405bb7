// A call gives the lists in the place of what they were got from.
@call_${n}@
@@
 ${in}(...)
 {
 <...
-${fn}(${args})
+${fn}(${all})
 ...>
 }
