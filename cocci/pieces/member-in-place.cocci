// The function pointer in the ops struct gets what its functions get.
@member_${n}@
type T;
${before}
${after}
@@
 struct ${tag} {
 ...
 T (*${member})(
${ps}
-	${old}
+	${params}
${qs}
 );
 ...
 };
