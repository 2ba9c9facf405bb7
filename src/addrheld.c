// SPDX-License-Identifier: GPL-2.0-only
#include "addrheld.h"

#include <stdlib.h>
#include <string.h>

#include "ndouse.h"

/* "spin_lock_bh(&dev->addr_list_lock)" and its like. */
static bool is_plain_form(const struct ctokens *ts, size_t i, const char *what)
{
	size_t close;

	if (!ctoken_begins(ts, i, what) || !ctoken_is(ts, i + 1, "("))
		return false;
	close = ctokens_match(ts, i + 1, ts->n);
	return close < ts->n && ctoken_is(ts, close - 1, "addr_list_lock");
}

bool addr_lock_at(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) &&
	       ((ctoken_begins(ts, i, "netif_addr_lock") &&
		 ctoken_is(ts, i + 1, "(")) ||
		is_plain_form(ts, i, "spin_lock"));
}

static bool unlocks(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) &&
	       (ctoken_begins(ts, i, "netif_addr_unlock") ||
		is_plain_form(ts, i, "spin_unlock"));
}

/* Does the function itself take the lock, and hold it at the token? */
static bool taken_here(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	int level = 0, held_level = 0;
	bool held = false;

	for (size_t i = f->body; i < tok; i++) {
		if (ctoken_is(ts, i, "{"))
			level++;
		else if (ctoken_is(ts, i, "}"))
			level--;
		if (addr_lock_at(ts, i)) {
			held = true;
			held_level = level;
		} else if (unlocks(ts, i) && level <= held_level) {
			/* In a deeper block it is a path that leaves. */
			held = false;
		}
	}
	return held;
}

size_t addr_lock_end(const struct cfunc *f, size_t tok)
{
	size_t i = tok + 1;

	while (i < f->end && !unlocks(&f->src->toks, i))
		i++;
	return i;
}

static bool held_by_callers(const struct cmodule *mod, const struct cfunc *f,
			    size_t tok, int depth)
{
	struct crefs refs = {0};
	bool held;

	if (taken_here(f, tok))
		return true;
	if (!depth)
		return false;
	cmodule_refs(mod, f, &refs);
	held = refs.n > 0;
	for (size_t i = 0; i < refs.n && held; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call)
			held = r->in == f ||
			       held_by_callers(mod, r->in, r->tok, depth - 1);
		else
			held = r->member && !strcmp(r->member, NDO_LEGACY);
	}
	crefs_free(&refs);
	return held;
}

bool addr_lock_held(const struct cmodule *mod, const struct cfunc *f,
		    size_t tok)
{
	return held_by_callers(mod, f, tok, 6);
}

/* The module's function and its parameter that the token is given to. */
static const struct cfunc *taker(const struct cmodule *mod,
				 const struct cfunc *f, size_t tok,
				 size_t *param)
{
	const struct ctokens *ts = &f->src->toks;
	const struct cfunc *callee;
	struct cargs args;
	char *name;

	*param = 0;
	for (size_t i = tok; i > f->body; i--) {
		if (!ctoken_is(ts, i, "(") || !ctoken_is_word(ts, i - 1))
			continue;
		cargs_read(&args, ts, i);
		while (*param < args.n && args.v[*param].to <= tok)
			++*param;
		if (*param == args.n || args.v[*param].from > tok) {
			*param = 0;
			cargs_free(&args);
			continue;
		}
		cargs_free(&args);
		name = ctoken_dup(ts, i - 1);
		callee = cmodule_func(mod, f->src, name);
		free(name);
		return callee;
	}
	return NULL;
}

static bool guards(const struct cmodule *mod, const struct cfunc *f,
		   size_t param, int depth)
{
	const struct ctokens *ts = &f->src->toks;
	const char *name =
		param < f->param_count ? f->params[param].name : NULL;

	if (!name || !depth)
		return false;
	for (size_t i = f->body; i < f->end; i++) {
		const struct cfunc *to;
		size_t at;

		if (!ctoken_is(ts, i, name) || ctoken_is_member(ts, i) ||
		    taken_here(f, i))
			continue;
		to = taker(mod, f, i, &at);
		if (!to || !guards(mod, to, at, depth - 1))
			return false;
	}
	return true;
}

bool addr_lock_guards(const struct cmodule *mod, const struct cfunc *f,
		      size_t param)
{
	return guards(mod, f, param, 6);
}
