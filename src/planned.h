/* SPDX-License-Identifier: GPL-2.0-only */
/* Which functions a plan changes, for those who look at the result later. */
#ifndef RXA_PLANNED_H
#define RXA_PLANNED_H

#include "model.h"

/*
 * Names of all functions in whose text the unit's plan changes anything: those
 * that get lists or a new name, their callers, locks. Those that it makes too.
 */
void planned_functions(const struct unit *u, struct strvec *names);
/* Of a struct that it takes a member from, "struct x"; else NULL. */
char *planned_struct(const struct unit *u);

#endif
