// The function pointer in the ops struct, which names no parameter, gets what its
// functions get.
@member_${n}@
type T;
@@
 struct ${tag} {
 ...
 T (*${member})(
-	${old}
+	${all}
 );
 ...
 };
