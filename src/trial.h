/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A module that adds an address to its device's list, looks what the hardware
 * does, and takes it away again, as self tests do: hazard H24. The async
 * callback runs when the caller has dropped rtnl, which is too late for it.
 */
#ifndef RXA_TRIAL_H
#define RXA_TRIAL_H

#include "plan.h"

/* Refuses where the unit's module does that. */
void trials_find(struct unit *u);

#endif
