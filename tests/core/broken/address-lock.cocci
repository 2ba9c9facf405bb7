// SPDX-License-Identifier: GPL-2.0-only
/// The driver is called with the address lock held.
// run: direct
// want: BUG: sleeping function called from invalid context
@@
expression ops, uc, mc;
identifier dev;
@@
+netif_addr_lock_bh(dev);
ops->ndo_set_rx_mode_async(dev, uc, mc);
+netif_addr_unlock_bh(dev);
