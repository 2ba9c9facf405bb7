// SPDX-License-Identifier: GPL-2.0-only
/// Devices with the new callback that cannot filter unicast addresses don't go
/// promiscuous, as with an early return for the new callback.
// file: net/core/dev.c
// run: direct
// want: not ok .*rxsnouc.*promiscuous with a second unicast address
@@
identifier dev;
@@
__dev_set_rx_mode(struct net_device *dev)
{
<...
-!(dev->priv_flags & IFF_UNICAST_FLT)
+!(dev->priv_flags & IFF_UNICAST_FLT) && !dev->netdev_ops->ndo_set_rx_mode_async
...>
}
