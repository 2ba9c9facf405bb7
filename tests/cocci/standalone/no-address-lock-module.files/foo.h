/* SPDX-License-Identifier: GPL-2.0-only */
void foo_update(struct net_device *dev);
