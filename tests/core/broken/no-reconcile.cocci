// SPDX-License-Identifier: GPL-2.0-only
/// What the driver did to the list of groups is not carried to the real one.
// run: direct
// want: synced twice
@@
identifier dev;
symbol mc, work, ref;
@@
-rx_mode_reconcile(dev, &mc, &dev->mc);
+__hw_addr_flush(&mc.work);
+__hw_addr_flush(&mc.ref);
