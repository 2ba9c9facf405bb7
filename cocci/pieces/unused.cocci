// A variable that only the lists were got from.
@unused_${n}@
type T;
expression E;
@@
 ${fn}(...)
 {
 <...
-T ${var} = E;
 ...>
 }
