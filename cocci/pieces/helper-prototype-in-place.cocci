// A helper's declarations.
@helper_prototype_${n}@
type T;
${before}
${after}
@@
 T ${fn}(
${ps}
-	${old}
+	${params}
${qs}
 );
