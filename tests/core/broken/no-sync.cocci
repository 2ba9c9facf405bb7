// SPDX-License-Identifier: GPL-2.0-only
/// System calls don't wait for the filter.
// run: direct
// want: not ok .*SIOCADDMULTI
@@
@@
netif_rx_mode_sync(void)
{
...
ASSERT_RTNL();
+return;
...
}
