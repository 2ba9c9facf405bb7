/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TOYSPLIT_H
#define TOYSPLIT_H

struct net_device;

void toysplit_filter(struct net_device *dev, void *io);

#endif
