/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BOOTOP_H
#define BOOTOP_H

#include "../bootrow.h"
#include "bootdev.h"

/*
 * Brings the device into the state of a row, from that of the row before. 0 or
 * a negative errno: -EOPNOTSUPP where it can't do such a thing.
 */
int bootop(struct bootdev *d, const struct bootrow *row);

#endif
