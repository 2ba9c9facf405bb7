// A statement that only the work needed, wherever it stands.
@collapse_drop_${n}@
@@
-${old}
