// A helper gets the lists that it needs, in the place of what it got them from.
@helper_${n}@
type T;
${before}
${after}
@@
 T ${fn}(
${ps}
-	${old}
+	${params}
${qs}
 ) { ... }
