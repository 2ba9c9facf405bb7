// SPDX-License-Identifier: GPL-2.0-only
#include "hold.h"

#include <stdlib.h>
#include <string.h>

#include "collapse.h"

static struct doubt *add_doubt(struct plan *p, const struct csource *src,
			       size_t tok)
{
	struct doubt *d;

	GROW(p->doubts, p->doubt_count, p->doubt_cap);
	d = &p->doubts[p->doubt_count++];
	*d = (struct doubt){.src = src, .tok = tok};
	return d;
}

void hold_doubt(struct unit *u, const char *reason, const char *id,
		const struct csource *src, size_t tok, const char *fmt, ...)
{
	struct doubt *d;
	va_list ap;
	char *note;

	va_start(ap, fmt);
	note = xvasprintf(fmt, ap);
	va_end(ap);
	if (plan_overridden(u, reason, id, src, tok, note)) {
		free(note);
		return;
	}
	if (id && collapse_was_work(u->plan, src, tok)) {
		plan_hazard(u, id, RULED_OUT, src, tok,
			    "%s: so it was in the work", note);
		free(note);
		return;
	}
	d = add_doubt(u->plan, src, tok);
	d->reason = reason;
	d->id = id;
	d->note = note;
}

void hold_or_bh(struct unit *u, const struct node *n, size_t tok)
{
	struct doubt *d = add_doubt(u->plan, n->f->src, tok);

	d->id = "H7";
	d->bh = n->f;
}

/* What on the paths forbids to call them under the address lock; NULL if none. */
static char *path_objects(const struct graph *g)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct cfunc *f = g->nodes[i]->f;
		const struct ctokens *ts = &f->src->toks;
		size_t at = context_sleeper(f);
		const char *what = "sleeps";
		char *place, *why, *w;

		for (size_t k = f->body; !at && k < f->end; k++)
			if (ctoken_is(ts, k, "addr_list_lock") ||
			    (ctoken_is_word(ts, k) &&
			     ctoken_begins(ts, k, "netif_addr_lock"))) {
				at = k;
				what = "takes the lock itself";
			}
		if (!at)
			continue;
		place = csource_place(f->src, at);
		w = ctoken_dup(ts, at);
		why = xasprintf("%s() %s (%s at %s)", f->name, what, w, place);
		free(w);
		free(place);
		return why;
	}
	return NULL;
}

static bool is_known(const struct cmodule *mod, const char *name)
{
	for (size_t s = 0; s < mod->count; s++)
		for (size_t i = 0; i < mod->sources[s]->toks.n; i++)
			if (ctoken_is(&mod->sources[s]->toks, i, name))
				return true;
	return cmodule_macro(mod, name);
}

/* Is it declared in its own file, before that token? */
static bool declared_before(const struct plan *p, const struct cfunc *f,
			    size_t tok)
{
	for (size_t i = 0; i < f->src->proto_count; i++)
		if (f->src->protos[i].name_tok < tok &&
		    cmodule_declares(p->mod, &f->src->protos[i], f))
			return true;
	return false;
}

/*
 * What keeps this callback from being two functions. Sets pf->early where the
 * inner one takes over the declarations.
 */
static char *callback_objects(const struct plan *p, struct plan_func *pf)
{
	struct cfunc *f = pf->node->f;
	bool early_ops = false;
	struct crefs refs = {0};
	char *why = NULL;

	for (size_t i = 0; i < p->func_count; i++)
		if (&p->funcs[i] != pf &&
		    !strcmp(p->funcs[i].node->f->name, f->name))
			return xasprintf("there is another %s()", f->name);
	if (sv_has(&f->src->exports, f->name) || f->param_count != 1 ||
	    !f->params[0].name)
		return xasprintf("%s() is not the module's own", f->name);
	if (cmodule_macro(p->mod, "uc") || cmodule_macro(p->mod, "mc") ||
	    !strcmp(f->params[0].name, "uc") ||
	    !strcmp(f->params[0].name, "mc"))
		return xstrdup("'uc' or 'mc' is taken");
	cmodule_refs(p->mod, f, &refs);
	for (size_t i = 0; i < refs.n && !why; i++) {
		const struct cref *r = &refs.v[i];

		if (r->src == f->src && r->tok < f->start) {
			early_ops |= !r->is_call;
			pf->early |= r->is_call;
		}
		if (r->is_call && r->src != f->src)
			why = xasprintf("%s() calls it from another file",
					r->in->name);
	}
	crefs_free(&refs);
	if (!why && pf->early &&
	    (early_ops || !f->is_static || !declared_before(p, f, f->start)))
		why = xasprintf("%s() is used before it is defined", f->name);
	return why;
}

/* What the body may be called, or NULL. */
static char *inner_name(const struct plan *p, const struct cfunc *f)
{
	char *name = xasprintf("__%s", f->name);

	if (!is_known(p->mod, name))
		return name;
	free(name);
	name = xasprintf("%s_locked", f->name);
	if (!is_known(p->mod, name))
		return name;
	free(name);
	return NULL;
}

static char *objections(struct plan *p)
{
	char *why = path_objects(p->graph);

	for (size_t i = 0; i < p->func_count && !why; i++) {
		struct plan_func *pf = &p->funcs[i];

		if (!pf->node->is_callback)
			continue;
		pf->inner = inner_name(p, pf->node->f);
		if (pf->inner)
			why = callback_objects(p, pf);
		else
			why = xasprintf("a name like __%s() is taken",
					pf->node->f->name);
	}
	return why;
}

/* The callbacks' bodies become helpers, which get no list that they don't need. */
static void hold_bodies(struct plan *p)
{
	for (size_t i = 0; i < p->func_count; i++) {
		struct plan_func *pf = &p->funcs[i];

		if (!pf->node->is_callback)
			continue;
		pf->lists = pf->node->needs;
		pf->read_only = plan_only_reads(p, pf->node);
	}
	p->held = true;
}

static void drop_names(struct plan *p)
{
	for (size_t i = 0; i < p->func_count; i++) {
		free(p->funcs[i].inner);
		p->funcs[i].inner = NULL;
	}
}

static void settle(struct unit *u, const struct doubt *d, const char *why)
{
	struct plan *p = u->plan;

	if (p->held)
		plan_hazard(u, d->id, MENDED, d->src, d->tok,
			    "%s; the callback keeps the address lock, with "
			    "bottom halves off, around all that it did",
			    d->bh ? "spin_lock() while bottom halves were off" :
				    d->note);
	else if (!d->bh)
		plan_refuse(u, d->reason, d->id, d->src, d->tok,
			    "%s; the lock can't be kept around the callback: "
			    "%s", d->note, why);
	else
		plan_hazard(u, d->id, MENDED, d->src, d->tok,
			    "spin_lock() becomes spin_lock_bh(): only the "
			    "callback gets here, and bottom halves were off");
}

void hold_decide(struct unit *u)
{
	struct plan *p = u->plan;
	bool needed = false;
	char *why = NULL;

	for (size_t i = 0; i < p->doubt_count; i++)
		needed |= !p->doubts[i].bh;
	if (needed) {
		why = p->func_count ? objections(p) :
				      xstrdup("its body is not seen");
		if (!why)
			hold_bodies(p);
		else
			drop_names(p);
	}
	for (size_t i = 0; i < p->doubt_count; i++) {
		const struct doubt *d = &p->doubts[i];

		settle(u, d, why);
		if (p->held || !d->bh)
			continue;
		for (size_t k = 0; k < p->bh_locks.n; k++)
			if (p->bh_locks.v[k] == d->bh)
				d = NULL;
		if (!d)
			continue;
		GROW(p->bh_locks.v, p->bh_locks.n, p->bh_locks.cap);
		p->bh_locks.v[p->bh_locks.n++] = d->bh;
	}
	free(why);
}

const char *hold_why(const struct plan *p)
{
	for (size_t i = 0; i < p->doubt_count; i++)
		if (p->doubts[i].note)
			return p->doubts[i].note;
	return "";
}

void hold_free(struct plan *p)
{
	for (size_t i = 0; i < p->doubt_count; i++)
		free(p->doubts[i].note);
	free(p->doubts);
	drop_names(p);
}
