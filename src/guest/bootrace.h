/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BOOTRACE_H
#define BOOTRACE_H

#include "bootdev.h"

/*
 * Several processes change groups, unicasts and flags of the device at random
 * while frames come in and its link flaps (that of the device below, too). All
 * is taken back in the end and the device is up. 0 or -errno.
 */
int bootrace(struct bootdev *d);

#endif
