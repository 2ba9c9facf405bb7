/* SPDX-License-Identifier: GPL-2.0-only */
void ren_set_rx_mode(struct net_device *dev);
