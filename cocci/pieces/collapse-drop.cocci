// A statement that only the work needed.
@collapse_drop_${n}@
@@
 ${in}(...)
 {
 <...
-${old}
 ...>
 }
