// Its declaration.
@collapse_prototype_${n}@
identifier work;
@@
 void ${fn}(
-	struct ${type} *work
+	${new}
 );
