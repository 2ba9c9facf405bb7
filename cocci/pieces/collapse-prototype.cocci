// Its declaration.
@collapse_prototype_${n}@
identifier work;
@@
 void ${fn}(
-	struct work_struct *work
+	${new}
 );
