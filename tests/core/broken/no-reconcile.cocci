// SPDX-License-Identifier: GPL-2.0-only
/// What the driver did to its lists is not carried to the real ones.
// file: net/core/hw_addr_snapshot.c
// run: direct
// want: synced twice
@@
@@
-hw_addr_carry(...);
+;
