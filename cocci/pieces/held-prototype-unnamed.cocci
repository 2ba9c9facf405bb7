// Its declarations, which name no parameter, are for those who call it.
@held_prototype_${n}@
type T;
@@
 T
-${fn}
+${new}
 (
-	${old}
+	${all}
 );
