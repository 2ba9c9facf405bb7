// SPDX-License-Identifier: GPL-2.0-only
#include "callwalk.h"

#include <stdlib.h>

static bool walk(const struct cmodule *mod, const struct cfunc *f, size_t from,
		 size_t to, visit_fn *visit, void *data, struct strvec *seen);

/* What may be called at the token, through whatever member. */
static bool walk_below(const struct cmodule *mod, const struct cfunc *f,
		       size_t tok, visit_fn *visit, void *data,
		       struct strvec *seen)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, tok);
	struct cfuncs callees = {0};
	bool ends = false;

	if (ctoken_is(ts, tok - 1, "->") || ctoken_is(ts, tok - 1, ".")) {
		cmodule_targets(mod, name, &callees);
	} else if (cmodule_func(mod, f->src, name)) {
		GROW(callees.v, callees.n, callees.cap);
		callees.v[callees.n++] = cmodule_func(mod, f->src, name);
	}
	for (size_t i = 0; i < callees.n && !ends; i++) {
		const struct cfunc *g = callees.v[i];

		if (sv_add_once(seen, g->name))
			ends = walk(mod, g, g->body, g->end, visit, data, seen);
	}
	free(callees.v);
	free(name);
	return ends;
}

/* All calls between the tokens, there and below. */
static bool walk(const struct cmodule *mod, const struct cfunc *f, size_t from,
		 size_t to, visit_fn *visit, void *data, struct strvec *seen)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = from; i < to; i++)
		if (ctoken_is_word(ts, i) && ctoken_is(ts, i + 1, "(") &&
		    (visit(f, i, data) ||
		     walk_below(mod, f, i, visit, data, seen)))
			return true;
	return false;
}

bool callwalk(const struct cmodule *mod, const struct cfunc *f, size_t from,
	      size_t to, visit_fn *visit, void *data)
{
	struct strvec seen = {0};
	bool ended = walk(mod, f, from, to, visit, data, &seen);

	sv_free(&seen);
	return ended;
}
