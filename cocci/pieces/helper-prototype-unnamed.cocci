// A helper's declarations that name no parameter.
@helper_prototype_${n}@
type T;
@@
 T ${fn}(
-	${old}
+	${all}
 );
