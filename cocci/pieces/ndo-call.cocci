// Called through the struct: by the new name, with the device's own lists.
@ndo_call_${n}@
@@
 ${in}(...)
 {
 <...
-${dev}->netdev_ops->ndo_set_rx_mode(${dev});
+${dev}->netdev_ops->ndo_set_rx_mode_async(${dev}, &${dev}->uc, &${dev}->mc);
 ...>
 }
