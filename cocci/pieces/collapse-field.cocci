// The work itself.
@collapse_field_${n}@
@@
 struct ${tag} {
 ...
-${old}
 ...
 };
