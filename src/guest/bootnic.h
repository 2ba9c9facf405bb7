/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BOOTNIC_H
#define BOOTNIC_H

#include "../bootplan.h"

/*
 * Finds the NICs of the plan, waiting for those that come late: index[] gets
 * each one's index, or 0. Says what is there and what is missing.
 */
void bootnic_find(const struct bootplan *plan, int *index);
/* The index of the first device of that driver, or 0. */
int bootnic_by_driver(const char *driver);
/* All rows of one of them. Returns how many were wrong, or -errno. */
int bootnic_run(const struct bootplan *plan, const struct bootplan_nic *nic,
		int index);

#endif
