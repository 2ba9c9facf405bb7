// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

struct x_hw;

struct x_mac {
	/* Multicast filter */
	void (*set_filter)(struct x_hw *hw, struct net_device *dev);
	void (*stop)(struct x_hw *hw);
};

struct x_hw {
	const struct x_mac *mac;
};

struct x_priv {
	struct x_hw *hw;
};

#define x_do_call(__priv, __module, __name, __arg0, __args...) \
({ \
	int __result = -1; \
	if ((__priv)->hw->__module && (__priv)->hw->__module->__name) { \
		(__priv)->hw->__module->__name((__arg0), ##__args); \
		__result = 0; \
	} \
	__result; \
})

#define x_set_filter(__priv, __args...) \
	x_do_call(__priv, mac, set_filter, __args)
#define x_stop(__priv, __args...) \
	x_do_call(__priv, mac, stop, __args)
