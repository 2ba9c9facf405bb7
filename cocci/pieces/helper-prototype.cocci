// A helper's declarations.
@helper_prototype_${n}@
type T;
parameter list ps;
@@
 T ${fn}(ps
+	, ${params}
 );
