// It stands behind its caller.
@collapse_declare_${n}@
@@
+${new}
+
 ${in}(...) { ... }
