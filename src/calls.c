// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls of the functions that get lists: inside the callbacks' paths they
 * pass on what they were given; elsewhere the real lists, under the address
 * lock where that is proved to be right.
 */
#include <stdlib.h>
#include <string.h>

#include "addrlock.h"
#include "callers.h"
#include "context.h"
#include "plan.h"
#include "rtnl.h"
#include "samename.h"
#include "softirq.h"

/* "dev", "adapter->netdev", "x[i].dev": no call, no side effect. */
static bool is_plain(const struct ctokens *ts, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!ctoken_is_word(ts, i) && !ctoken_is(ts, i, "->") &&
		    !ctoken_is(ts, i, ".") && !ctoken_is(ts, i, "[") &&
		    !ctoken_is(ts, i, "]"))
			return false;
	return to > from && ctoken_is_word(ts, from);
}

/*
 * The callee's device as the caller would write it, from the argument that it
 * comes from; NULL where that can't be said.
 */
static char *device_text(const struct plan *p, const struct plan_func *callee,
			 const struct ctokens *ts, const struct cargs *args,
			 size_t skip)
{
	struct value v = {.kind = VALUE_DEV, .param = 0};
	size_t from, to;
	char *arg, *text;

	if (!callee->node->is_callback)
		v = graph_device(p->graph, callee->node);
	if (v.kind != VALUE_DEV || v.param < 0 ||
	    (size_t)v.param + skip >= args->n)
		return NULL;
	from = args->v[v.param + skip].from;
	to = args->v[v.param + skip].to;
	if (!v.suffix[0] && is_plain(ts, from, to))
		return ctokens_text(ts, from, to);
	if (starts_with(v.suffix, "->") && is_plain(ts, from, to)) {
		arg = ctokens_text(ts, from, to);
		text = xasprintf("%s%s", arg, v.suffix);
		free(arg);
		return text;
	}
	return NULL;
}

/* Is the call a statement of its own, with other statements around it? */
static bool is_statement(const struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;
	size_t close = ctokens_match(ts, tok + 1, ts->n);

	return ctoken_is(ts, close + 1, ";") && ctoken_is_bound(ts, tok - 1);
}

/* Can the node, or anything that it calls, sleep? */
static bool sleeps(const struct graph *g, const struct node *n)
{
	const struct node **all;
	size_t count = graph_below(g, n, &all);
	bool sleeper = false;

	for (size_t i = 0; i < count && !sleeper; i++)
		sleeper = context_sleeper(all[i]->f);
	free(all);
	return sleeper;
}

static bool syncs_below(const struct node *n, struct strvec *seen)
{
	char *key = xasprintf("%s %s", n->f->src->path, n->f->name);
	bool news = sv_add_once(seen, key);

	free(key);
	if (!news)
		return false;
	for (size_t i = 0; i < n->uses.n; i++)
		if (n->uses.v[i].kind == USE_SYNC)
			return true;
	for (size_t i = 0; i < n->edge_count; i++)
		if (syncs_below(n->edges[i].to, seen))
			return true;
	return false;
}

/* Is a list synced by the function or by what it calls? */
static bool syncs(const struct node *n)
{
	struct strvec seen = {0};
	bool found = syncs_below(n, &seen);

	sv_free(&seen);
	return found;
}

/* May the address lock be taken around a call from outside the graph? */
static bool may_lock(const struct plan *p, const struct plan_call *c)
{
	const struct node *n = c->callee->node;

	/* A collapsed callback sleeps in ways that no list of words knows. */
	return !p->collapse && c->context == CONTEXT_PROCESS &&
	       n->is_callback && n->reads &&
	       is_statement(c->in->src, c->tok) && !sleeps(p->graph, n);
}

/* A call, by name or through a member. */
struct site {
	struct csource *src;
	struct cfunc *in;
	size_t start;		/* of what is called */
	size_t tok;		/* its name */
	size_t open;		/* the parenthesis of the arguments */
	const struct member *via;
	size_t skip;		/* arguments that are not the function's */
};

/*
 * Whoever syncs the real list while the callback syncs a snapshot of it spoils
 * the counts: only rtnl keeps them apart.
 */
static void refuse_sync_beside(struct unit *u, const struct plan_func *callee,
			       const struct site *r, enum context context)
{
	const struct plan *p = u->plan;
	const char *name = callee->node->f->name;
	const struct cfunc *work;

	if (!syncs(callee->node))
		return;
	work = rtnl_work_without(p->mod, r->in, r->tok);
	if (context != CONTEXT_PROCESS && softirq_uses(p->mod, name))
		plan_refuse(u, "sync-caller", "H8", r->src, r->tok,
			    "%s() calls %s(), also in interrupt context: it "
			    "would sync the real list while the callback "
			    "syncs a snapshot of it", r->in->name, name);
	else if (work)
		plan_refuse(u, "sync-caller", "H8", r->src, r->tok,
			    "%s() calls %s(), also from the work %s(), which "
			    "does not hold rtnl: it would sync the real list "
			    "while the callback syncs a snapshot of it",
			    r->in->name, name, work->name);
}

static void plan_call(struct unit *u, struct plan_func *callee,
		      const struct site *r)
{
	const struct ctokens *ts = &r->src->toks;
	struct plan *p = u->plan;
	struct plan_func *caller = plan_func_of(p, r->in);
	struct strbuf more = {0};
	struct cargs args;
	char *dev = NULL;
	struct plan_call *c;

	if (callee->node->is_callback && !p->held &&
	    ctoken_is(ts, r->tok - 1, "return") &&
	    !(caller && caller->node->is_callback)) {
		plan_refuse(u, "return-call", "H15", r->src, r->tok,
			    "%s() returns the call of %s()", r->in->name,
			    callee->node->f->name);
		return;
	}
	cargs_read(&args, ts, r->open);
	if (!caller) {
		dev = device_text(p, callee, ts, &args, r->skip);
		if (!dev && callee->lists) {
			plan_refuse(u, "caller-device", "H3", r->src, r->tok,
				    "%s() calls %s(): its device can't be named",
				    r->in->name, callee->node->f->name);
			cargs_free(&args);
			return;
		}
	}
	for (unsigned l = LIST_UC; l <= LIST_MC; l <<= 1) {
		if (!(callee->lists & l))
			continue;
		sb_adds(&more, more.len ? ", " : "");
		if (caller)
			sb_adds(&more, plan_list(caller, l));
		else
			sb_addf(&more, "&%s->%s", dev, list_name(l));
	}
	GROW(p->calls, p->call_count, p->call_cap);
	c = &p->calls[p->call_count++];
	*c = (struct plan_call){
		.in = r->in,
		.callee = callee,
		.via = r->via,
		.fn = ctokens_text(ts, r->start, r->open),
		.tok = r->tok,
		.args = ctokens_text(ts, r->open + 1, args.close),
		.more = sb_detach(&more),
	};
	if (!caller) {
		c->context = context_at(p->mod, r->in, r->tok, &c->why);
		refuse_sync_beside(u, callee, r, c->context);
		c->has_lock = dev && address_lock_held(r->in, r->tok, dev);
		if (dev && may_lock(p, c))
			c->lock = xstrdup(dev);
	}
	free(dev);
	cargs_free(&args);
}

/*
 * A rule rewrites all calls in a function whose arguments mean the same,
 * however they are written: so all of them are locked, or none is.
 */
static void agree_on_locks(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < p->call_count; i++) {
		struct plan_call *a = &p->calls[i];

		for (size_t k = 0; k < p->call_count; k++) {
			struct plan_call *b = &p->calls[k];

			if (strcmp(a->in->name, b->in->name) ||
			    strcmp(a->fn, b->fn) || !a->lock == !b->lock)
				continue;
			free(a->lock);
			free(b->lock);
			a->lock = b->lock = NULL;
		}
	}
}

/* Is the function behind a member of that name, whose calls are planned? */
static bool is_followed(const struct plan_func *pf, const char *member)
{
	return pf->node->member && !strcmp(pf->node->member->name, member);
}

static void plan_refs(struct unit *u, struct plan_func *pf)
{
	struct plan *p = u->plan;
	struct crefs refs = {0};
	const char *name = pf->node->f->name;

	cmodule_refs(p->mod, pf->node->f, &refs);
	for (size_t i = 0; i < refs.n; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call) {
			plan_call(u, pf,
				  &(struct site){r->src, r->in, r->tok, r->tok,
						 r->tok + 1, NULL, 0});
		} else if (r->member && (!strcmp(r->member, NDO_LEGACY) ||
					 is_followed(pf, r->member))) {
			continue;
		} else if (ctoken_is(&r->src->toks, r->tok - 2,
				     "EXPORT_SYMBOL") ||
			   ctoken_is(&r->src->toks, r->tok - 2,
				     "EXPORT_SYMBOL_GPL")) {
			continue;
		} else {
			plan_refuse(u, r->member ? "ops-table" :
						   "address-taken",
				    "H17", r->src, r->tok,
				    "the address of %s() is taken%s%s", name,
				    r->member ? " for ." : "",
				    r->member ? r->member : "");
		}
	}
	crefs_free(&refs);
	/* Of a family, all users are here. */
	if (sv_has(&pf->node->f->src->exports, name) &&
	    !sv_has(&p->family, name))
		plan_refuse(u, "exported", "H17", pf->node->f->src,
			    pf->node->f->name_tok, "%s() is exported", name);
}

/* Is the macro's word used for nothing but the assignments in that file? */
static bool only_assigned(const struct csource *src, const struct cmacro *m)
{
	const struct ctokens *ts = &src->toks;
	size_t len;
	const char *word = cmacro_word(m, &len);
	char *name = xstrndup(word, len);
	bool only = true;

	for (size_t i = 2; i < ts->n && only; i++)
		only = !ctoken_is(ts, i, name) ||
		       (ctoken_is(ts, i - 1, "=") &&
			ctoken_is(ts, i - 2, NDO_LEGACY));
	free(name);
	return only;
}

/* Macros of the module that name the function: their users are not seen. */
static void look_for_macros(struct unit *u, const struct plan_func *pf)
{
	const struct plan *p = u->plan;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->macro_count; i++) {
			const struct cmacro *m = &src->macros[i];
			struct ctokens ts;
			bool named = !strcmp(m->name, pf->node->f->name);

			if (pf->node->member &&
			    member_set_in(pf->node->member, m,
					  pf->node->f->name))
				continue;
			ctokens_read_body(&ts, m->body, strlen(m->body));
			for (size_t k = 0; k < ts.n && !named; k++)
				named = ctoken_is(&ts, k, pf->node->f->name) &&
					!ctoken_is_member(&ts, k);
			ctokens_free(&ts);
			if (named && !(cmodule_renames(p->mod, src, m,
						       pf->node->f) &&
				       only_assigned(src, m)))
				plan_refuse(u, "macro", "H17", src, 0,
					    "%s:%d: macro %s names %s()",
					    src->path, m->line, m->name,
					    pf->node->f->name);
		}
	}
}

/*
 * The function that stands for all behind the member: the lists that they use
 * are of one device, found in one argument. NULL where they differ.
 */
static struct plan_func *speaker(const struct plan *p, const struct member *m)
{
	struct plan_func *found = NULL;
	struct value v = {0};

	for (size_t i = 0; i < p->func_count; i++) {
		const struct node *n = p->funcs[i].node;
		struct value w;

		if (n->member != m || !n->reads)
			continue;
		w = graph_device(p->graph, n);
		if (found && (w.kind != v.kind || w.param != v.param ||
			      strcmp(w.suffix, v.suffix) != 0))
			return NULL;
		found = &p->funcs[i];
		v = w;
	}
	return found;
}

static void plan_member(struct unit *u, const struct member *m)
{
	const struct plan *p = u->plan;
	struct plan_func *callee = speaker(p, m);

	if (m->why || !plan_member_func(p, m))
		return;
	if (!callee) {
		plan_refuse(u, "ops-table", "H1", m->src, m->tok,
			    "the functions behind %s do not use the lists of "
			    "the same device", m->name);
		return;
	}
	for (size_t i = 0; i < m->call_count; i++) {
		const struct member_call *c = &m->calls[i];

		plan_call(u, callee,
			  &(struct site){c->src, c->in, member_call_start(c),
					 c->tok, c->open, m, c->skip});
	}
}

void calls_plan(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < p->func_count; i++) {
		plan_refs(u, &p->funcs[i]);
		look_for_macros(u, &p->funcs[i]);
	}
	for (size_t i = 0; i < p->graph->member_count; i++)
		plan_member(u, p->graph->members[i]);
	same_names_check(u);
	agree_on_locks(u);
	callers_note(u);
}
