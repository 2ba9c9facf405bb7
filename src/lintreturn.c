// SPDX-License-Identifier: GPL-2.0-only
/* lint_returns(): H15 and H16, what the callbacks give the core's retry. */
#include <stdlib.h>

#include "lint.h"

struct look {
	struct lint *l;
	const struct unit *u;
	const struct plan *p;
	struct strvec seen;
	const struct cfunc *path[8];	/* from the callback down */
	int depth;
};

static void look_at_function(struct look *k, const struct cfunc *f);

/*
 * What a function that far below the callback says is what the hardware or the
 * firmware answered, whatever it was asked.
 */
#define NEAR 3

/* Errors that a second try, some seconds later, does not mend. */
static bool is_permanent(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"EINVAL", "EOPNOTSUPP", "ENOTSUPP", "ENOSPC", "EPERM",
		"ENODEV", "ENOENT", "ERANGE", "E2BIG", "EEXIST", "ENOSYS",
		"EMSGSIZE", "EOVERFLOW", "ENXIO",
	};

	return TOKEN_IN(ts, i, words);
}

static char *chain_of(const struct look *k)
{
	struct strbuf sb = {0};

	for (int i = k->depth - 1; i >= 0; i--)
		sb_addf(&sb, "%s%s", sb.len ? " <- " : "", k->path[i]->name);
	return sb_detach(&sb);
}

static bool returns_bool(const struct cfunc *f)
{
	for (size_t i = f->start; i < f->name_tok; i++)
		if (ctoken_is(&f->src->toks, i, "bool"))
			return true;
	return false;
}

/* The call "f(...)" at a token, as the source of the value. */
static void look_at_call(struct look *k, const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	struct cfunc *callee;
	struct cargs args;
	char *name;

	/* The lists' helper returns what the one that adds returned. */
	if (ctoken_is(ts, tok, "__hw_addr_sync_dev") ||
	    ctoken_is(ts, tok, "__dev_uc_sync") ||
	    ctoken_is(ts, tok, "__dev_mc_sync")) {
		cargs_read(&args, ts, tok + 1);
		if (args.n >= 3)
			tok = args.v[args.n - 2].from;
		cargs_free(&args);
	}
	name = ctoken_dup(ts, tok);
	callee = cmodule_func(k->p->mod, f->src, name);
	free(name);
	if (!callee)
		return;
	if (returns_bool(callee)) {
		lint_find(k->l, k->u, "H15", f->src, tok, chain_of(k),
			  "%s() returns a bool, not an error", callee->name);
		return;
	}
	if (k->depth < (int)ARRAY_SIZE(k->path))
		look_at_function(k, callee);
}

/*
 * "if (slot >= MAX) return -ENOSPC;" with a parameter: no more than a net where
 * the callback has compared the number of addresses with what there is.
 */
static bool is_slot_check(const struct look *k, const struct cfunc *f,
			  size_t minus)
{
	const struct ctokens *ts = &f->src->toks;
	bool counts = false, param = false;
	size_t i = minus - 1;

	if (!ctoken_is(ts, i, "return") || !ctoken_is(ts, i - 1, ")"))
		return false;
	for (int d = 0; d < k->depth; d++)
		for (size_t t = k->path[d]->body; t < k->path[d]->end; t++)
			counts = counts ||
				 ctoken_is(&k->path[d]->src->toks, t,
					   "netdev_hw_addr_list_count");
	while (i > f->body && !ctoken_is(ts, i, "if") &&
	       !ctoken_is(ts, i, ";")) {
		for (size_t n = 0; n < f->param_count; n++)
			param = param || (f->params[n].name &&
					  ctoken_is(ts, i, f->params[n].name));
		i--;
	}
	return counts && param && ctoken_is(ts, i, "if");
}

/* An expression whose value goes up to the core. */
static void look_at_value(struct look *k, const struct cfunc *f, size_t from,
			  size_t to)
{
	const struct ctokens *ts = &f->src->toks;

	if (ctoken_is(ts, from, "-") && ctoken_is_word(ts, from + 1) &&
	    to == from + 2) {
		if (is_permanent(ts, from + 1) &&
		    (ctoken_is(ts, from + 1, "ENOSPC") ?
			     !is_slot_check(k, f, from) :
			     k->depth <= NEAR))
			lint_find(k->l, k->u, "H16", f->src, from, chain_of(k),
				  "-%.*s goes to the core, which tries again "
				  "four times, to no avail",
				  (int)ts->v[from + 1].len,
				  ts->text + ts->v[from + 1].off);
	} else if (to == from + 1 && (ctoken_is(ts, from, "true") ||
				      (ts->v[from].kind == TOK_NUMBER &&
				       !ctoken_is(ts, from, "0")))) {
		lint_find(k->l, k->u, "H15", f->src, from, chain_of(k),
			  "%.*s goes to the core, which wants 0 or a negative "
			  "error", (int)ts->v[from].len,
			  ts->text + ts->v[from].off);
	} else if (ctoken_is_word(ts, from) && ctoken_is(ts, from + 1, "(") &&
		   ctokens_match(ts, from + 1, to) == to - 1) {
		look_at_call(k, f, from);
	}
}

/* The end of the expression that begins at i. */
static size_t value_end(const struct ctokens *ts, size_t i, size_t end)
{
	while (i < end && !ctoken_is(ts, i, ";") && !ctoken_is(ts, i, ",")) {
		if (ctoken_is(ts, i, "("))
			i = ctokens_match(ts, i, end);
		i++;
	}
	return i;
}

/*
 * Is the variable surely something else at `to` than what it got at `from`:
 * set again on the way by a statement that is not in a block of its own, or
 * tested by an if that leaves or handles it?
 */
static bool is_overwritten(const struct ctokens *ts, size_t from, size_t to,
			   const char *name)
{
	int level = 0;

	for (size_t i = from; i < to; i++) {
		if (ctoken_is(ts, i, "goto"))
			return false;
		if (ctoken_is(ts, i, "{"))
			level++;
		else if (ctoken_is(ts, i, "}"))
			level--;
		if (level > 0 || !ctoken_is(ts, i, name) ||
		    !ctoken_is(ts, i + 1, "=") || ctoken_is_member(ts, i))
			continue;
		/* Behind "if (...)" or "else", it may not be. */
		if (ctoken_is_bound(ts, i - 1))
			return true;
	}
	return false;
}

/* "return err;": what err may have been given. */
static void look_at_variable(struct look *k, const struct cfunc *f,
			     size_t ret)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, ret + 1);

	for (size_t i = f->body; i < ret; i++) {
		size_t end;

		if (!ctoken_is(ts, i, name) || !ctoken_is(ts, i + 1, "=") ||
		    ctoken_is_member(ts, i))
			continue;
		end = value_end(ts, i + 2, f->end);
		if (!is_overwritten(ts, end, ret, name))
			look_at_value(k, f, i + 2, end);
	}
	free(name);
}

static void look_at_function(struct look *k, const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;

	if (!sv_add_once(&k->seen, f->name))
		return;
	k->path[k->depth++] = f;
	for (size_t i = f->body; i < f->end; i++) {
		if (!ctoken_is(ts, i, "return") || ctoken_is(ts, i + 1, ";"))
			continue;
		if (ctoken_is_word(ts, i + 1) && ctoken_is(ts, i + 2, ";") &&
		    !ctoken_is(ts, i + 1, "true"))
			look_at_variable(k, f, i);
		else
			look_at_value(k, f, i + 1, value_end(ts, i + 1, f->end));
	}
	k->depth--;
}

void lint_returns(struct lint *l, struct unit *u)
{
	const struct plan *p = u->plan;
	struct look k = {.l = l, .u = u, .p = p};

	for (size_t i = 0; i < p->graph->count; i++) {
		const struct node *n = p->graph->nodes[i];

		if (n->is_callback && !n->f->is_void)
			look_at_function(&k, n->f);
	}
	sv_free(&k.seen);
}
