/* SPDX-License-Identifier: GPL-2.0-only */
/* Hazard H8: the address lock as what keeps the callback out of a section. */
#ifndef RXA_ADDRLOCK_H
#define RXA_ADDRLOCK_H

#include "plan.h"

/* Refuses what the module uses the lock for, but where that is proved idle. */
void find_address_lock(struct unit *u);

/*
 * A callback that only queues work, or does nothing at all, has nothing that
 * the lock could guard.
 */
bool callbacks_only_queue(const struct unit *u);

/*
 * Does the function itself hold the address lock of that device, as it writes
 * it, at the token?
 */
bool address_lock_held(const struct cfunc *f, size_t tok, const char *dev);

#endif
