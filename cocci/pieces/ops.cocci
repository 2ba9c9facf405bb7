// The member's name in an ops struct; its value stays.
@ops_${n}@
identifier s;
@@
 struct net_device_ops s = {
-	.ndo_set_rx_mode
+	.ndo_set_rx_mode_async
	= \( ${fn} \| &${fn} \),
 };
