/* SPDX-License-Identifier: GPL-2.0-only */
struct x_mac {
	int (*set_hash)(struct net_device *dev, struct x_mac *mac);
};
