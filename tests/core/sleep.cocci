// SPDX-License-Identifier: GPL-2.0-only
/// A random sleep at the start of each ndo_set_rx_mode_async callback, for
/// tests: what meets the callback while it sleeps must not harm.
// Confidence: High
// Options: --no-includes

@ops@
identifier s, callback;
@@

struct net_device_ops s = {
	.ndo_set_rx_mode_async = callback,
};

@sleep@
identifier ops.callback;
@@

callback(...)
{
+	usleep_range(1, 2 + get_random_u32() % 2000);
	...
}

@header@
@@

#include <linux/module.h>
+#include <linux/delay.h>
+#include <linux/random.h>
