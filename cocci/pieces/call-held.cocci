// A direct call gives the lists to the body.
@call_held_${n}@
@@
 ${in}(...)
 {
 <...
-${fn}(${args}
+${new}(${args}
+	, ${more}
 )
 ...>
 }
