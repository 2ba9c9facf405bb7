// SPDX-License-Identifier: GPL-2.0-only
/* Who calls the callback, and may do the work at once. */
#include <stdlib.h>

#include "callwalk.h"
#include "defer.h"
#include "undermutex.h"

/* A lock that may be held at the token, and that the body may want. */
static bool may_hold_mutex(const struct cmodule *mod, const struct cfunc *f,
			   size_t tok)
{
	static const char *const words[] = {"down", "down_read", "down_write"};

	for (size_t i = f->body; i < tok; i++) {
		char *name = mutex_kept(mod, f, i);

		free(name);
		if (name || IS_CALL_OF(&f->src->toks, i, words))
			return true;
	}
	return false;
}

/* Is that place one with rtnl held and no lock besides, whoever gets there? */
static bool has_rtnl_alone(const struct cmodule *mod, const struct cfunc *f,
			   size_t tok, int depth)
{
	struct crefs refs = {0};
	bool alone;

	if (!depth || sv_has(&f->src->exports, f->name) ||
	    may_hold_mutex(mod, f, tok) ||
	    context_lock_at(mod, f, tok))
		return false;
	if (defer_took_rtnl(f, tok))
		return true;
	cmodule_refs(mod, f, &refs);
	alone = refs.n;
	for (size_t i = 0; i < refs.n && alone; i++) {
		const struct cref *r = &refs.v[i];

		alone = r->is_call ? has_rtnl_alone(mod, r->in, r->tok,
						    depth - 1) :
				     defer_has_rtnl(r->member);
	}
	crefs_free(&refs);
	return alone;
}

/* What says nothing about where a function may be called. */
static bool is_anywhere(const char *word)
{
	static const char *const begins[] = {
		"netif_", "netdev_", "dev_", "pr_", "mutex_", "cpu_to_", "le16_",
		"le32_", "BUG_ON", "WARN_ON", "unlikely", "likely", "if", "for",
		"while", "switch", "return", "sizeof", "container_of", "FIELD_",
		"BIT", "mem", "ERR_PTR", "udelay",
	};

	return STARTS_IN(word, begins);
}

struct needs {
	const struct cmodule *mod;
	struct strvec words;
};

/* Functions that are not the module's: the ones that may need a context. */
static bool note_need(const struct cfunc *f, size_t tok, void *data)
{
	struct needs *needs = data;
	char *word = ctoken_dup(&f->src->toks, tok);

	if (!is_anywhere(word) && !cmodule_func(needs->mod, f->src, word))
		sv_add_once(&needs->words, word);
	free(word);
	return false;
}

/* May the function be one that runs while the device is woken up? */
static bool skips_wakeup(const struct cfunc *f)
{
	bool skips = false;

	for (size_t i = f->body; i < f->end && !skips; i++) {
		char *word = ctoken_dup(&f->src->toks, i);

		skips = ends_with(word, "_nopm");
		free(word);
	}
	return skips;
}

/*
 * Does the caller itself, in its own block before that place, call all that
 * the body needs a context for? Then it is fine for the body, too.
 */
static bool does_the_like(const struct plan *p, const struct defer *d,
			  const struct cfunc *f, size_t tok)
{
	struct needs body = {.mod = p->mod}, own = {.mod = p->mod};
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;
	bool like;

	if (may_hold_mutex(p->mod, f, tok) ||
	    context_lock_at(p->mod, f, tok) ||
	    skips_wakeup(f))
		return false;
	callwalk(p->mod, d->body, d->body->body, d->body->end, note_need,
		 &body);
	for (size_t i = f->body; i < tok; i++) {
		level += ctoken_is(ts, i, "{");
		level -= ctoken_is(ts, i, "}");
		if (level == 1)
			callwalk(p->mod, f, i, i + 1, note_need, &own);
	}
	like = body.words.n;
	for (size_t i = 0; i < body.words.n && like; i++)
		like = sv_has(&own.words, body.words.v[i]);
	sv_free(&body.words);
	sv_free(&own.words);
	return like;
}

/* May somebody with one of the body's mutexes held get to that function? */
static bool is_under_its_mutex(const struct plan *p, const struct defer *d,
			       const struct cfunc *f)
{
	struct cfuncs reached = {0};
	bool under = false;

	callwalk_reached(p->mod, d->body, &reached);
	for (size_t s = 0; s < p->mod->count && !under; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->func_count && !under; i++) {
			struct cfunc *g = &src->funcs[i];
			struct cfuncs below = {0};
			bool takes = may_hold_mutex(p->mod, g, g->end), ours = false;

			for (size_t k = 0; k < reached.n; k++)
				ours = ours || reached.v[k] == g;
			/* Whatever mutex it is. */
			if (!takes || ours)
				continue;
			callwalk_reached(p->mod, g, &below);
			for (size_t k = 0; k < below.n; k++)
				under = under || below.v[k] == f;
			free(below.v);
		}
	}
	free(reached.v);
	return under;
}

/* Calls of a function from outside the callbacks' paths, below rtnl or not. */
static bool callers_fit(const struct plan *p, struct defer *d,
			const struct cfunc *f, int depth)
{
	const struct node *n = graph_node(p->graph, f);
	struct crefs refs = {0};

	cmodule_refs(p->mod, f, &refs);
	for (size_t i = 0; i < refs.n && !d->keeps; i++) {
		const struct cref *r = &refs.v[i];

		if (!r->is_call || (!graph_node(p->graph, r->in) &&
				    (has_rtnl_alone(p->mod, r->in, r->tok, 6) ||
				     (does_the_like(p, d, r->in, r->tok) &&
				      !is_under_its_mutex(p, d, r->in)))))
			continue;
		if (!graph_node(p->graph, r->in))
			defer_keep(d, "caller", r->src, r->tok,
				   "%s() calls %s(), which would do the work "
				   "at once", r->in->name, f->name);
		else if (context_lock_at(p->mod, r->in, r->tok))
			defer_keep(d, "lock-held", r->src, r->tok,
				   "%s() calls %s() with a lock held",
				   r->in->name, f->name);
		else if (depth)
			callers_fit(p, d, r->in, depth - 1);
	}
	crefs_free(&refs);
	if (!depth && !n->is_callback)
		defer_keep(d, "caller", f->src, f->name_tok,
			   "who calls %s() can't be followed", f->name);
	return !d->keeps;
}

bool defer_callers_fit(const struct plan *p, struct defer *d,
		       const struct cfunc *in)
{
	return callers_fit(p, d, in, 6);
}
