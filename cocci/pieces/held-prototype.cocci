// Its declarations are for those who call it.
@held_prototype_${n}@
type T;
parameter list ps;
@@
 T
-${fn}
+${inner}
 (ps
${more}
 );
