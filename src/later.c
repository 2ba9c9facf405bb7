// SPDX-License-Identifier: GPL-2.0-only
#include "later.h"

#include <stdlib.h>

/* Is the whole argument that one token? Then its number in the call. */
static bool argument_at(const struct ctokens *ts, size_t call, size_t tok,
			size_t *nth)
{
	struct cargs args;
	bool found = false;

	cargs_read(&args, ts, call + 1);
	for (*nth = 0; *nth < args.n && !found; (*nth)++)
		found = args.v[*nth].from == tok && args.v[*nth].to == tok + 1;
	cargs_free(&args);
	(*nth)--;
	return found;
}

static bool makes_work(const struct ctokens *ts, size_t call, size_t nth)
{
	static const char *const makers[] = {
		"INIT_WORK", "INIT_DELAYED_WORK", "INIT_DEFERRABLE_WORK",
	};

	return nth == 1 && TOKEN_IN(ts, call, makers);
}

/* The parameter's name, also in "void (*name)(...)"; the caller frees it. */
static char *param_name(const struct cfunc *f, size_t nth)
{
	const struct cparam *p = &f->params[nth];
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = p->from; i + 2 < p->to; i++)
		if (ctoken_is(ts, i, "(") && ctoken_is(ts, i + 1, "*") &&
		    ctoken_is_word(ts, i + 2))
			return ctoken_dup(ts, i + 2);
	return p->name ? xstrdup(p->name) : NULL;
}

static bool goes_there(const struct cmodule *mod, const struct cfunc *in,
		       size_t tok, int depth)
{
	const struct ctokens *ts = &in->src->toks;
	size_t call = ctokens_taker(ts, tok), nth, uses = 0;
	const struct cfunc *callee;
	char *name, *param;
	bool all = true;

	if (!ctoken_is_word(ts, call) || !argument_at(ts, call, tok, &nth))
		return false;
	if (makes_work(ts, call, nth))
		return true;
	name = ctoken_dup(ts, call);
	callee = cmodule_func(mod, in->src, name);
	free(name);
	if (!callee || !depth || nth >= callee->param_count)
		return false;
	param = param_name(callee, nth);
	ts = &callee->src->toks;
	for (size_t i = callee->body; param && all && i < callee->end; i++) {
		if (!ctoken_is(ts, i, param) || ctoken_is_member(ts, i))
			continue;
		all = goes_there(mod, callee, i, depth - 1);
		uses++;
	}
	free(param);
	return all && uses;
}

bool later_named(const struct cmodule *mod, const struct cfunc *in, size_t tok)
{
	return goes_there(mod, in, tok, 3);
}
