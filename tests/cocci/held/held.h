/* SPDX-License-Identifier: GPL-2.0-only */
void h_set_rx_mode(struct net_device *dev);
