// Where the list as a whole was taken, it is the one given.
@address_${n}@
@@
 ${fn}(...)
 {
 <...
-&${dev}->${member}
+${list}
 ...>
 }
