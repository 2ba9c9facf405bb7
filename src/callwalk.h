/* SPDX-License-Identifier: GPL-2.0-only */
/* All calls that a stretch of a function makes, in it and below. */
#ifndef RXA_CALLWALK_H
#define RXA_CALLWALK_H

#include "cmodule.h"

/* Looks at the call whose name is at `tok` in f; true ends the walk. */
typedef bool visit_fn(const struct cfunc *f, size_t tok, void *data);

/*
 * From token to token of f, then through what is called there, by name or by
 * whatever may be in the member. True where `visit` has ended it.
 */
bool callwalk(const struct cmodule *mod, const struct cfunc *f, size_t from,
	      size_t to, visit_fn *visit, void *data);

/* f and all functions below it, each once; the caller frees out->v. */
void callwalk_reached(const struct cmodule *mod, struct cfunc *f,
		      struct cfuncs *out);

#endif
