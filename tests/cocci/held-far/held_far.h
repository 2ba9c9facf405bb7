/* SPDX-License-Identifier: GPL-2.0-only */
void f_set_rx_mode(struct net_device *dev);
