// SPDX-License-Identifier: GPL-2.0-only
#include "callwalk.h"

#include <stdlib.h>

static bool walk(const struct cmodule *mod, const struct cfunc *f, size_t from,
		 size_t to, visit_fn *visit, void *data, struct strvec *seen);

/* What may be called at the token, through whatever member. */
static void callees_at(const struct cmodule *mod, const struct cfunc *f,
		       size_t tok, struct cfuncs *callees)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, tok);

	if (ctoken_is_member(ts, tok)) {
		cmodule_targets(mod, name, callees);
	} else if (cmodule_func(mod, f->src, name)) {
		GROW(callees->v, callees->n, callees->cap);
		callees->v[callees->n++] = cmodule_func(mod, f->src, name);
	}
	free(name);
}

static bool walk_below(const struct cmodule *mod, const struct cfunc *f,
		       size_t tok, visit_fn *visit, void *data,
		       struct strvec *seen)
{
	struct cfuncs callees = {0};
	bool ends = false;

	callees_at(mod, f, tok, &callees);
	for (size_t i = 0; i < callees.n && !ends; i++) {
		const struct cfunc *g = callees.v[i];

		if (sv_add_once(seen, g->name))
			ends = walk(mod, g, g->body, g->end, visit, data, seen);
	}
	free(callees.v);
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

static void reach(const struct cmodule *mod, struct cfunc *f,
		  struct cfuncs *out)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = 0; i < out->n; i++)
		if (out->v[i] == f)
			return;
	GROW(out->v, out->n, out->cap);
	out->v[out->n++] = f;
	for (size_t i = f->body; i < f->end; i++) {
		struct cfuncs callees = {0};

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		callees_at(mod, f, i, &callees);
		for (size_t k = 0; k < callees.n; k++)
			reach(mod, callees.v[k], out);
		free(callees.v);
	}
}

void callwalk_reached(const struct cmodule *mod, struct cfunc *f,
		      struct cfuncs *out)
{
	reach(mod, f, out);
}
