// The same assigned at run time.
@ops_runtime_${n}@
expression ops;
@@
(
-ops.ndo_set_rx_mode
+ops.ndo_set_rx_mode_async
 = \( ${fn} \| &${fn} \)
|
-ops->ndo_set_rx_mode
+ops->ndo_set_rx_mode_async
 = \( ${fn} \| &${fn} \)
)
