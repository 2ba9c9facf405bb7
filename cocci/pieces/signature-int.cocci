// The callback gets both lists. Success is 0; this adds the return at the end,
// too.
@signature_${n}@
parameter list ps;
@@
-void
+int
 ${fn}(ps
+	, struct netdev_hw_addr_list *${uc}, struct netdev_hw_addr_list *${mc}
 )
 {
 <...
-return;
+return 0;
 ...>
 }
