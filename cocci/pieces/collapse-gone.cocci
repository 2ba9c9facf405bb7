// Nobody calls it any more.
@collapse_gone_${n}@
type T;
parameter list ps;
@@
-T ${in}(ps) { ... }
