/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hazards that come from the new context alone: the address lock not held,
 * bottom halves on (H7, H8, H9). One mend serves all of them. The old callback
 * becomes __name(), and the new one calls it under the address lock with bottom
 * halves off: all of it runs exactly as before, but for the lists. What slept
 * there, slept under a spin lock, so that only what names a sleeping function,
 * or the lock itself, has to be refused.
 */
#ifndef RXA_HOLD_H
#define RXA_HOLD_H

#include "plan.h"

/* Notes such a hazard: hold_decide() mends it, or refuses for `reason`. */
void hold_doubt(struct unit *u, const char *reason, const char *id,
		const struct csource *src, size_t tok, const char *fmt, ...)
	__printf_like(6, 7);
/* A spin_lock() that spin_lock_bh() mends, where the lock is not held. */
void hold_or_bh(struct unit *u, const struct node *n, size_t tok);
/* Decides about all that was noted. */
void hold_decide(struct unit *u);
/* Of a unit that is held: the first thing noted that asks for it. */
const char *hold_why(const struct plan *p);
/* Frees what was noted. */
void hold_free(struct plan *p);

#endif
