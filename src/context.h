/* SPDX-License-Identifier: GPL-2.0-only */
/* In which context a function runs, as far as its module's text proves it. */
#ifndef RXA_CONTEXT_H
#define RXA_CONTEXT_H

#include "cmodule.h"

enum context {
	CONTEXT_UNKNOWN,
	CONTEXT_PROCESS,	/* process, interrupts on, no spinning lock held */
	CONTEXT_ATOMIC,		/* an interrupt, softirq or timer may be there */
};

/*
 * The context at a token of the function: that of everybody who calls it, and
 * of what stands in front of the token. *why (the caller frees it) says in
 * words what decided.
 */
enum context context_at(const struct cmodule *mod, const struct cfunc *f,
			size_t tok, char **why);

/*
 * The call in front of the token after which the function itself may hold a
 * spin lock there, or 0.
 */
size_t context_lock_at(const struct cmodule *mod, const struct cfunc *f,
		       size_t tok);

/* The first word in the function that can sleep, or 0. */
size_t context_sleeper(const struct cfunc *f);

#endif
