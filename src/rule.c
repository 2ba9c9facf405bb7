// SPDX-License-Identifier: GPL-2.0-only
#include "rule.h"

#include <stdlib.h>
#include <string.h>

#include "alias.h"
#include "collapserule.h"
#include "hold.h"
#include "rulesign.h"
#include "spatch.h"

static void add_ops(struct filler *f, const struct unit *u)
{
	struct strvec done = {0};

	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];
		const char *name = !strcmp(a->form, "array") ? "ops-array" :
				   !strcmp(a->form, "runtime") ? "ops-runtime" :
								 "ops";
		char *key = xasprintf("%s %s", name, a->callback);

		if (sv_add_once(&done, key)) {
			filler_set(f, "fn", a->callback);
			filler_piece(f, name);
		}
		free(key);
	}
	sv_free(&done);
}

/* The variable that stands for the list goes, before its value is rewritten. */
static void add_aliases(struct filler *f, const struct plan *p,
			const struct plan_func *pf)
{
	for (size_t i = 0; i < pf->node->uses.n; i++) {
		const struct list_use *use = &pf->node->uses.v[i];
		char *var = alias_of(p, pf, use), *dev;

		if (!var)
			continue;
		dev = ctokens_text(&pf->node->f->src->toks, use->from, use->to);
		filler_set(f, "fn", pf->node->f->name);
		filler_set(f, "var", var);
		filler_set(f, "dev", dev);
		filler_set(f, "member", list_name(use->list));
		filler_set(f, "list", plan_list(pf, use->list));
		filler_piece(f, "alias");
		free(dev);
		free(var);
	}
}

static void add_use(struct filler *f, const struct plan_func *pf,
		    const struct list_use *use, struct strvec *done)
{
	static const char *const pieces[] = {
		[USE_WALK] = "walk",   [USE_COUNT] = "count",
		[USE_EMPTY] = "empty", [USE_SYNC] = "sync",
		[USE_FIELD_COUNT] = "field-count", [USE_ADDRESS] = "address",
	};
	const struct ctokens *ts = &pf->node->f->src->toks;
	char *dev = ctokens_text(ts, use->from, use->to);
	char *old = ctoken_dup(ts, use->tok);
	char *key = xasprintf("%s %s %s", pf->node->f->name, old, dev);

	if (use->kind < ARRAY_SIZE(pieces) && pieces[use->kind] &&
	    sv_add_once(done, key)) {
		filler_set(f, "fn", pf->node->f->name);
		filler_set(f, "old", old);
		filler_set(f, "dev", dev);
		filler_set(f, "member", list_name(use->list));
		filler_set(f, "list", plan_list(pf, use->list));
		filler_piece(f, pieces[use->kind]);
	}
	free(dev);
	free(old);
	free(key);
}

/* Of "T *var = ...;", is every use taken away? */
static bool gets_unused(const struct plan_func *pf, const char *var)
{
	const struct cfunc *f = pf->node->f;
	const struct ctokens *ts = &f->src->toks;
	bool declared = false;

	for (size_t i = f->open; i < f->end; i++) {
		if (!ctoken_is(ts, i, var) || ctoken_is_member(ts, i))
			continue;
		if (!declared && i > f->body && ctoken_is(ts, i - 1, "*") &&
		    ctoken_is_word(ts, i - 2) && ctoken_is(ts, i + 1, "="))
			declared = true;
		else if (!plan_use_takes(pf, i))
			return false;
	}
	return declared;
}

/* Variables that the uses of lists leave without a use. */
static void add_unused(struct filler *f, const struct plan_func *pf,
		       struct strvec *done)
{
	for (size_t i = 0; i < pf->node->uses.n; i++) {
		const struct list_use *use = &pf->node->uses.v[i];
		char *var = ctoken_dup(&pf->node->f->src->toks, use->from);
		char *key = xasprintf("%s unused %s", pf->node->f->name, var);

		if (use->to == use->from + 1 && gets_unused(pf, var) &&
		    sv_add_once(done, key)) {
			filler_set(f, "fn", pf->node->f->name);
			filler_set(f, "var", var);
			filler_piece(f, "unused");
		}
		free(key);
		free(var);
	}
}

static void add_uses(struct filler *f, const struct plan *p)
{
	struct strvec done = {0};

	for (size_t i = 0; i < p->func_count; i++) {
		const struct plan_func *pf = &p->funcs[i];

		add_aliases(f, p, pf);
		for (size_t k = 0; k < pf->node->uses.n; k++)
			add_use(f, pf, &pf->node->uses.v[k], &done);
		add_unused(f, pf, &done);
	}
	for (size_t i = 0; i < p->bh_locks.n; i++) {
		filler_set(f, "fn", p->bh_locks.v[i]->name);
		filler_piece(f, "lock-bh");
	}
	sv_free(&done);
}

static bool is_returned(const struct session *s, const struct plan_call *c)
{
	return c->returned && s->flavour == FLAVOUR_INT;
}

static const char *call_piece(const struct session *s, const struct plan *p,
			      const struct plan_call *c)
{
	if (plan_is_held(p, c->callee)) {
		if (!c->more[0])
			return "call-renamed";
		return c->lock ? "call-held-locked" : "call-held";
	}
	if (c->all)
		return "call-in-place";
	if (is_returned(s, c))
		return "return-callback";
	return c->lock ? "call-locked" : "call";
}

static void add_call(struct filler *f, const struct session *s,
		     const struct plan *p, const struct plan_call *c)
{
	filler_set(f, "in", c->in->name);
	filler_set(f, "fn", c->fn);
	filler_set(f, "args", c->args);
	filler_set(f, "more", c->more);
	filler_set(f, "new", plan_name(p, c->callee));
	if (c->lock)
		filler_set(f, "lock", c->lock);
	if (c->all)
		filler_set(f, "all", c->all);
	filler_piece(f, call_piece(s, p, c));
}

/* What is returned goes first: the rule for other calls would match it, too. */
static void add_calls(struct filler *f, const struct session *s,
		      const struct plan *p)
{
	struct strvec done = {0};

	for (size_t i = 0; i < 2 * p->call_count; i++) {
		const struct plan_call *c = &p->calls[i % p->call_count];
		bool first = i < p->call_count, returned = is_returned(s, c);
		char *key = xasprintf("%s %s %s%s", c->in->name, c->fn, c->args,
				      returned ? " returned" : "");

		if (first == returned && sv_add_once(&done, key))
			add_call(f, s, p, c);
		free(key);
	}
	sv_free(&done);
}

static void add_ndo_calls(struct filler *f, const struct plan *p)
{
	struct strvec done = {0};

	for (size_t i = 0; i < p->ndo_call_count; i++) {
		const struct plan_ndo_call *c = &p->ndo_calls[i];
		char *key = xasprintf("%s %s", c->in->name, c->dev);

		if (sv_add_once(&done, key)) {
			filler_set(f, "in", c->in->name);
			filler_set(f, "dev", c->dev);
			filler_piece(f, c->locked ? "ndo-call-locked" : "ndo-call");
		}
		free(key);
	}
	sv_free(&done);
}

/* Calls whose void value was returned, and macros that return. */
static void add_returns(struct filler *f, const struct plan *p)
{
	struct strvec done = {0};

	for (size_t i = 0; i < p->return_count; i++) {
		const struct plan_return *r = &p->returns[i];
		char *callee = ctoken_dup(&r->in->src->toks, r->tok);
		char *key = xasprintf("%s %s", r->in->name, callee);

		if (sv_add_once(&done, key)) {
			filler_set(f, "in", r->in->name);
			filler_set(f, "fn", callee);
			filler_piece(f, r->is_macro ? "return-macro" : "return-call");
		}
		free(callee);
		free(key);
	}
	sv_free(&done);
}

int rule_make(struct strbuf *out, const struct session *s, const struct unit *u)
{
	const struct plan *p = u->plan;
	char *dir = data_dir("cocci", "RXASYNC_COCCI", RXASYNC_COCCI_DIR);
	struct filler f = {.out = out, .dir = dir};
	char *macros = p->attributes ? spatch_macro_file() : NULL;

	sb_addf(out,
		"# spatch --no-includes%s%s\n"
		"// SPDX-License-Identifier: GPL-2.0-only\n"
		"/// %s: convert ndo_set_rx_mode to ndo_set_rx_mode_async.\n"
		"//\n"
		"// Made by rxasync %s for Linux %s (the callback returns %s).\n"
		"// Files:",
		macros ? " --macro-file " : "", macros ? macros : "", u->name, RXASYNC_VERSION, s->version,
		s->flavour == FLAVOUR_INT ? "int" : "void");
	for (size_t i = 0; i < u->files.n; i++)
		sb_addf(out, " %s", u->files.v[i]);
	sb_addc(out, '\n');
	collapse_rules(&f, p->collapse);
	add_ops(&f, u);
	/* The calls as they stand, before anything in their arguments changes. */
	add_calls(&f, s, p);
	add_ndo_calls(&f, p);
	add_uses(&f, p);
	rule_members(&f, p);
	/* The body of one that is held stays void. */
	if (s->flavour == FLAVOUR_INT && !p->held)
		add_returns(&f, p);
	rule_signatures(&f, s, p);
	free(dir);
	free(macros);
	return f.error;
}

void rule_describe(struct strbuf *out, const struct session *s,
		   const struct unit *u)
{
	const struct plan *p = u->plan;

	if (p->collapse && !p->collapse->defer.body)
		sb_addf(out, "%s() waits for its writes.\n",
			p->collapse->defer.in->name);
	else if (p->collapse)
		sb_addf(out,
			"%s() calls %s() itself; the work that did %s.\n",
			p->collapse->defer.in->name,
			p->collapse->defer.body->name,
			p->collapse->defer.flag ? "stays for its other uses" :
						  "is gone");
	for (size_t i = 0; i < p->func_count; i++) {
		const struct plan_func *pf = &p->funcs[i];

		if (plan_is_held(p, pf))
			sb_addf(out,
				"%s() becomes %s(). The new %s() calls it as "
				"it was called before, with the address lock "
				"held and bottom halves off, since that is "
				"still needed: %s.\n",
				pf->node->f->name, pf->inner,
				pf->node->f->name, hold_why(p));
		else if (pf->node->is_callback)
			sb_addf(out, "%s() gets both lists%s.\n",
				pf->node->f->name,
				s->flavour == FLAVOUR_INT ? " and returns 0" :
							    "");
		else
			sb_addf(out, "%s() gets %s%s%s%s%s.\n",
				pf->node->f->name,
				pf->uc ? "the unicast list" : "",
				pf->uc && pf->mc ? " and " : "",
				pf->mc ? "the multicast list" : "",
				pf->drops ? " in the place of " : "",
				pf->drops ? pf->node->f->params[pf->dropped].name :
					    "");
	}
	for (size_t i = 0; i < p->call_count; i++) {
		const struct plan_call *c = &p->calls[i];

		if (!plan_func_of(p, c->in) && c->more[0])
			sb_addf(out, "%s() gives %s() the real lists%s.\n",
				c->in->name,
				plan_is_held(p, c->callee) ? c->callee->inner :
							     c->fn,
				c->has_lock ? " under the lock that it holds" :
				c->lock ? " under the address lock" :
					  ", as before without the lock");
	}
}
