// A call gives the lists.
@call_${n}@
@@
 ${in}(...)
 {
 <...
 ${fn}(${args}
+	, ${more}
 )
 ...>
 }
