// A helper gets the lists that it needs.
@helper_${n}@
type T;
parameter list ps;
@@
 T ${fn}(ps
+	, ${params}
 ) { ... }
