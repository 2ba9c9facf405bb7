// The work's function gets what the work was in, and has no variable for it.
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
(
-T ${var};
|
-${var} = container_of(...);
)
 ...>
 }
