// Called through the struct: by the new name, with the device's own lists,
// under the address lock.
@ndo_call_locked_${n}@
@@
 ${in}(...)
 {
 <...
+netif_addr_lock_bh(${dev});
-${dev}->netdev_ops->ndo_set_rx_mode(${dev});
+${dev}->netdev_ops->ndo_set_rx_mode_async(${dev}, &${dev}->uc, &${dev}->mc);
+netif_addr_unlock_bh(${dev});
 ...>
 }
