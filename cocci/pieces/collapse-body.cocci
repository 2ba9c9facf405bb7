// The work's function gets what the work was in.
@collapse_body_${n}@
type T;
identifier work;
@@
 void ${fn}(
-	struct ${type} *work
+	${new}
 )
 {
 <...
-T ${var} = container_of(...);
 ...>
 }
