// SPDX-License-Identifier: GPL-2.0-only
/// Nothing keeps a device whose work is on the way: neither is a reference
/// held, nor does unregistering take the work back.
// run: stress 200
// want: KASAN: .*use-after-free|ODEBUG: free active
@@
@@
-netdev_hold(...);
@@
@@
-netdev_put(...);
@@
identifier dev;
@@
netif_rx_mode_cancel(struct net_device *dev)
{
...
-rx_mode_dequeue(dev);
...
}
