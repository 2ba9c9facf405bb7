/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BOOTSOFT_H
#define BOOTSOFT_H

#include "../bootplan.h"

/* It could not be had; that is said. */
#define BOOTSOFT_NONE 1000

/*
 * Makes a software device, on top of the NIC with that index where it is not
 * 0, runs all rows, and takes it away again with its filter full. Returns how
 * many rows were wrong, BOOTSOFT_NONE, or -errno.
 */
int bootsoft_run(const struct bootplan *plan,
		 const struct bootplan_soft *soft, int below);

#endif
