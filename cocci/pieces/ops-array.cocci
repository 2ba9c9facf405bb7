// The same in an array of ops structs.
@ops_array_${n}@
identifier s;
@@
 struct net_device_ops s[...] = { ..., {
-	.ndo_set_rx_mode
+	.ndo_set_rx_mode_async
	= \( ${fn} \| &${fn} \),
 }, ... };

@ops_array_at_${n}@
identifier s;
expression E;
@@
 struct net_device_ops s[...] = { ..., [E] = {
-	.ndo_set_rx_mode
+	.ndo_set_rx_mode_async
	= \( ${fn} \| &${fn} \),
 }, ... };
