/* SPDX-License-Identifier: GPL-2.0-only */
/* A function that is under one mutex from its first to its last statement. */
#ifndef RXA_UNDERMUTEX_H
#define RXA_UNDERMUTEX_H

#include "cmodule.h"

/* Its name, the last word of "&xp->lock"; the caller frees it. NULL: none. */
char *under_mutex(const struct cfunc *f);
/* The last word of what the call at the token locks, or NULL. */
char *mutex_word(const struct ctokens *ts, size_t call);
/* What a call at the token takes: mutex_lock(), guard(mutex)(); "?": not plain. */
char *mutex_taken(const struct cfunc *f, size_t tok);
/* The same also of a function that takes it and leaves it so. */
char *mutex_kept(const struct cmodule *mod, const struct cfunc *f, size_t tok);
/* Is the mutex let go at the token, be it by a function that does that? */
bool mutex_let_go(const struct cmodule *mod, const struct cfunc *f, size_t tok,
		  const char *mutex);
/*
 * "running" where all that such a function does is in "if (xp->running)"; the
 * caller frees it. NULL: it does so in any case.
 */
char *under_mutex_if(const struct cfunc *f);
/*
 * Has f, on its way to the token, made "var->flag" false under that mutex, and
 * let go of that?
 */
bool cleared_under_mutex(const struct cfunc *f, size_t tok, const char *mutex,
			 const char *var, const char *flag);

#endif
