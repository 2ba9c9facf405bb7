/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPLIT_H
#define SPLIT_H

struct net_device;

void split_write_groups(struct net_device *dev, void *regs);
void split_set_rx_mode(struct net_device *dev);

#endif
