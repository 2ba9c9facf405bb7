/* SPDX-License-Identifier: GPL-2.0-only */
struct x_priv {
	struct net_device *netdev;
	void (*bus_write)(struct x_priv *xp, u32 value);
};

struct net_device *x_alloc(void);
