// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls of the functions that get lists: inside the callbacks' paths they
 * pass on what they were given; elsewhere the real lists, under the address
 * lock where that is proved to be right.
 */
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "plan.h"
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
			 const struct ctokens *ts, const struct cargs *args)
{
	struct value v = {.kind = VALUE_DEV, .param = 0};
	size_t from, to;
	char *arg, *text;

	if (!callee->node->is_callback)
		v = graph_device(p->graph, callee->node);
	if (v.kind != VALUE_DEV || v.param < 0 || (size_t)v.param >= args->n)
		return NULL;
	from = args->v[v.param].from;
	to = args->v[v.param].to;
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

	return ctoken_is(ts, close + 1, ";") &&
	       (ctoken_is(ts, tok - 1, ";") || ctoken_is(ts, tok - 1, "{") ||
		ctoken_is(ts, tok - 1, "}"));
}

/* Can the node, or anything that it calls, sleep? */
static bool sleeps(const struct graph *g, const struct node *n)
{
	const struct node **seen = xcalloc(g->count + 1, sizeof(*seen));
	size_t count = 0;
	bool sleeper = false;

	seen[count++] = n;
	for (size_t i = 0; i < count && !sleeper; i++) {
		sleeper = context_sleeper(seen[i]->f);
		for (size_t k = 0; k < seen[i]->edge_count; k++) {
			const struct node *to = seen[i]->edges[k].to;
			size_t s = 0;

			while (s < count && seen[s] != to)
				s++;
			if (s == count)
				seen[count++] = to;
		}
	}
	free(seen);
	return sleeper;
}

static bool syncs_below(const struct node *n, struct strvec *seen)
{
	if (!sv_add_once(seen, n->f->name))
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

	return c->context == CONTEXT_PROCESS && n->is_callback && n->reads &&
	       is_statement(c->in->src, c->tok) && !sleeps(p->graph, n);
}

static void plan_call(struct unit *u, struct plan_func *callee,
		      const struct cref *r)
{
	const struct ctokens *ts = &r->src->toks;
	struct plan *p = u->plan;
	struct plan_func *caller = plan_func_of(p, r->in);
	struct strbuf more = {0};
	struct cargs args;
	char *dev = NULL;
	struct plan_call *c;

	if (callee->node->is_callback && ctoken_is(ts, r->tok - 1, "return")) {
		plan_refuse(u, "return-call", "H15", r->src, r->tok,
			    "%s() returns the call of %s()", r->in->name,
			    callee->node->f->name);
		return;
	}
	cargs_read(&args, ts, r->tok + 1);
	if (!caller) {
		dev = device_text(p, callee, ts, &args);
		if (!dev) {
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
		.tok = r->tok,
		.args = ctokens_text(ts, r->tok + 2, args.close),
		.more = sb_detach(&more),
	};
	if (!caller) {
		c->context = context_at(p->mod, r->in, r->tok, &c->why);
		if (c->context != CONTEXT_PROCESS && syncs(callee->node) &&
		    softirq_uses(p->mod, callee->node->f->name))
			plan_refuse(u, "sync-caller", "H8", r->src, r->tok,
				    "%s() calls %s(), also in interrupt "
				    "context: it would sync the real list "
				    "while the callback syncs a snapshot of it",
				    r->in->name, callee->node->f->name);
		if (may_lock(p, c))
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

			if (a->in != b->in || a->callee != b->callee ||
			    !a->lock == !b->lock)
				continue;
			free(a->lock);
			free(b->lock);
			a->lock = b->lock = NULL;
		}
	}
}

/* What is known of the calls from outside the callbacks' paths. */
static void note_callers(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->call_count; i++) {
		const struct plan_call *c = &p->calls[i];
		const char *name = c->callee->node->f->name;
		bool process = c->context == CONTEXT_PROCESS;

		/* Where no list is read, there is nothing to lock. */
		if (!c->why || !c->callee->node->reads)
			continue;
		if (c->context == CONTEXT_ATOMIC)
			plan_hazard(u, "H5", OPEN, c->in->src, c->tok,
				    "%s() may be called in atomic context "
				    "(%s): it must go on not sleeping", name,
				    c->why);
		if (c->lock)
			plan_hazard(u, "H3", MENDED, c->in->src, c->tok,
				    "%s() calls %s(): the address lock is "
				    "taken around it (%s)", c->in->name, name,
				    c->why);
		else
			plan_hazard(u, "H3", OPEN, c->in->src, c->tok,
				    "%s() calls %s() with the real lists, "
				    "unlocked as before%s%s", c->in->name,
				    name, process ? "" : ": ",
				    process ? "" : c->why);
	}
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
			plan_call(u, pf, r);
		} else if (r->member && !strcmp(r->member, NDO_LEGACY)) {
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

			ctokens_read_body(&ts, m->body, strlen(m->body));
			for (size_t k = 0; k < ts.n && !named; k++)
				named = ctoken_is(&ts, k, pf->node->f->name);
			ctokens_free(&ts);
			if (named)
				plan_refuse(u, "macro", "H17", src, 0,
					    "%s:%d: macro %s names %s()",
					    src->path, m->line, m->name,
					    pf->node->f->name);
		}
	}
}

void calls_plan(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < p->func_count; i++) {
		plan_refs(u, &p->funcs[i]);
		look_for_macros(u, &p->funcs[i]);
	}
	agree_on_locks(u);
	note_callers(u);
}
