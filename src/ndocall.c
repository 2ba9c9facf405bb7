// SPDX-License-Identifier: GPL-2.0-only
#include "ndocall.h"

#include <stdlib.h>
#include <string.h>

/* Do the ops at "netdev_ops = &" become async with this unit? */
static bool is_own_ops(const struct unit *u, const struct csource *src,
		       size_t eq)
{
	const struct ctokens *ts = &src->toks;
	bool own = false;

	if (!ctoken_is(ts, eq + 1, "&") || !ctoken_is(ts, eq + 3, ";"))
		return false;
	for (size_t i = 0; i < u->assignment_count && !own; i++)
		own = ctoken_is(ts, eq + 2, u->assignments[i].ops);
	return own;
}

/* Does the module give its devices no other ops? */
static bool has_own_ops_only(const struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i + 1 < src->toks.n; i++)
			if (ctoken_is(&src->toks, i, "netdev_ops") &&
			    ctoken_is(&src->toks, i + 1, "=") &&
			    !is_own_ops(u, src, i + 1))
				return false;
	}
	return true;
}

/* "d->netdev_ops = &own;" somewhere in the function that has d at tok. */
static bool gets_own_ops(const struct unit *u, const struct csource *src,
			 size_t tok)
{
	const struct cfunc *f = csource_func_at(src, tok);
	const struct ctokens *ts = &src->toks;
	char *dev = ctoken_dup(ts, tok);
	bool gets = false;

	for (size_t i = f ? f->body + 2 : 0; f && i < f->end && !gets; i++)
		gets = ctoken_is(ts, i, "netdev_ops") &&
		       ctoken_is(ts, i - 1, "->") &&
		       ctoken_is(ts, i - 2, dev) &&
		       chain_start(ts, i) == i - 2 &&
		       ctoken_is(ts, i + 1, "=") && is_own_ops(u, src, i + 1);
	free(dev);
	return gets;
}

/* "p->member;" of such a struct again? */
static bool is_copy(const struct cmodule *mod, const struct csource *src,
		    size_t tok, const char *tag, const char *member)
{
	char other[64];

	if (!ctoken_is(&src->toks, tok + 1, "->") ||
	    !ctoken_is(&src->toks, tok + 2, member) ||
	    !ctoken_is(&src->toks, tok + 3, ";"))
		return false;
	value_struct_tag(mod, src, tok + 2, other);
	return !strcmp(other, tag);
}

/*
 * Is the member, in a struct of that tag, only ever NULL or a device that gets
 * the module's own ops?
 */
static bool is_own_device(const struct unit *u, const char *tag,
			  const char *member)
{
	const struct plan *p = u->plan;
	bool found = false;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 2; i + 3 < ts->n; i++) {
			char other[64];

			if (!ctoken_is(ts, i, member) ||
			    !ctoken_is(ts, i + 1, "=") ||
			    !ctoken_is_member(ts, i))
				continue;
			value_struct_tag(p->mod, src, i, other);
			if ((*other && strcmp(other, tag)) ||
			    ctoken_is(ts, i + 2, "NULL") ||
			    is_copy(p->mod, src, i + 2, tag, member))
				continue;
			if (!*other || !ctoken_is(ts, i + 3, ";") ||
			    !gets_own_ops(u, src, i + 2))
				return false;
			found = true;
		}
	}
	return found;
}

/* Is the block around the token that of an "if (rtnl_trylock())"? */
static bool in_trylock(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t depth = 0, i = tok;

	while (--i > f->body) {
		if (ctoken_is(ts, i, "rtnl_unlock"))
			return false;
		if (ctoken_is(ts, i, "}"))
			depth++;
		if (ctoken_is(ts, i, "{") && !depth--)
			break;
	}
	return i > f->body + 6 && ctoken_is(ts, i - 1, ")") &&
	       ctoken_is(ts, i - 2, ")") && ctoken_is(ts, i - 3, "(") &&
	       ctoken_is(ts, i - 4, "rtnl_trylock") &&
	       ctoken_is(ts, i - 5, "(") && ctoken_is(ts, i - 6, "if");
}

/* "E->netdev_ops->ndo_set_rx_mode(E);", a statement: E, or NULL. */
static char *device_of(const struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;
	size_t start = chain_start(ts, tok);
	struct cargs args;
	char *dev, *arg;
	bool fits;

	if (tok < start + 5 || !ctoken_is(ts, tok - 2, "netdev_ops") ||
	    !ctoken_is_bound(ts, start - 1))
		return NULL;
	cargs_read(&args, ts, tok + 1);
	dev = ctokens_text(ts, start, tok - 3);
	arg = args.n == 1 ? ctokens_text(ts, args.v[0].from, args.v[0].to) :
			    xstrdup("");
	fits = !strcmp(dev, arg) && ctoken_is(ts, args.close + 1, ";") &&
	       !strpbrk(dev, "([");
	cargs_free(&args);
	free(arg);
	if (fits)
		return dev;
	free(dev);
	return NULL;
}

/* Does anything on the callbacks' paths sleep, by name? */
static bool may_sleep(const struct graph *g)
{
	for (size_t i = 0; i < g->count; i++)
		if (context_sleeper(g->nodes[i]->f))
			return true;
	return false;
}

static void look_at_call(struct unit *u, const struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;
	struct plan *p = u->plan;
	struct cfunc *f = csource_func_at(src, tok);
	char *dev = f ? device_of(src, tok) : NULL, *member, tag[64] = "";
	bool own = false;

	if (dev && ctoken_is(ts, tok - 5, "->")) {
		member = ctoken_dup(ts, tok - 4);
		value_struct_tag(p->mod, src, tok - 4, tag);
		own = *tag && has_own_ops_only(u) &&
		      is_own_device(u, tag, member);
		free(member);
	}
	if (!own || !in_trylock(f, tok)) {
		plan_refuse(u, "ndo-call", "H18", src, tok,
			    "%s is called through the struct, %s",
			    NDO_LEGACY, own ? "where rtnl is not seen to be held" :
				  "of a device not proved to be this module's");
		free(dev);
		return;
	}
	GROW(p->ndo_calls, p->ndo_call_count, p->ndo_call_cap);
	p->ndo_calls[p->ndo_call_count++] = (struct plan_ndo_call){
		.in = f,
		.tok = tok,
		.dev = dev,
		.locked = !p->held && !may_sleep(p->graph) &&
			  !context_lock_at(p->mod, f, tok),
	};
	plan_hazard(u, "H18", MENDED, src, tok,
		    "%s() calls the new operation, under rtnl, with the real "
		    "lists", f->name);
}

void ndo_calls_find(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];
		struct ndo_uses uses = {0};

		ndo_uses_read(&uses, src, NDO_LEGACY);
		for (size_t i = 0; i < uses.n; i++)
			if (uses.v[i].kind == NDO_CALL)
				look_at_call(u, src, uses.v[i].tok);
			else if (uses.v[i].kind == NDO_OTHER)
				plan_refuse(u, "ndo-call", "H18", src,
					    uses.v[i].tok, "%s->%s is used "
					    "through the struct",
					    uses.v[i].ops, NDO_LEGACY);
		ndo_uses_free(&uses);
	}
}
