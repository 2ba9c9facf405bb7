/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a device's address lock is held, by the module's text. */
#ifndef RXA_ADDRHELD_H
#define RXA_ADDRHELD_H

#include "cmodule.h"

/*
 * Is the lock held at the token: taken before it in the function, or at each
 * call of that? The old callback is called with it. Whose lock it is, is not
 * looked at.
 */
bool addr_lock_held(const struct cmodule *mod, const struct cfunc *f,
		    size_t tok);
/* At a call that takes the lock? */
bool addr_lock_at(const struct ctokens *ts, size_t i);
/* The token that gives back the lock taken at `tok`; f->end where none. */
size_t addr_lock_end(const struct cfunc *f, size_t tok);
/*
 * Is the list that the function gets as that parameter only used under the
 * lock, there and in what it is passed on to?
 */
bool addr_lock_guards(const struct cmodule *mod, const struct cfunc *f,
		      size_t param);

#endif
