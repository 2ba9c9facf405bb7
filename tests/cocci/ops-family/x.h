// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>

struct x_priv;

struct x_ops {
	int id;
	/* Brings the filter up to date. */
	int (*update)(struct x_priv *xp, struct net_device *);
	void (*start)(struct x_priv *xp);
};

struct x_priv {
	struct net_device *netdev;
	const struct x_ops *ops;
};

extern const struct x_ops x_one_ops, x_two_ops, x_three_ops;
int x_plain_update(struct x_priv *xp, struct net_device *dev);

#define X_COMMON_OPS \
	.update = &x_plain_update, \
	.id = 3
