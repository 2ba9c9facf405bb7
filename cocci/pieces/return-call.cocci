// What the call gave back was nothing; the callback returns success.
@return_call_${n}@
expression list es;
@@
 ${in}(...)
 {
 <...
-return ${fn}(es);
+${fn}(es);
+return 0;
 ...>
 }
