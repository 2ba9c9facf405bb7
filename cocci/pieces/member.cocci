// The function pointer in the ops struct gets what its functions get.
@member_${n}@
type T;
parameter list ps;
@@
 struct ${tag} {
 ...
 T (*${member})(ps
+	, ${params}
 );
 ...
 };
