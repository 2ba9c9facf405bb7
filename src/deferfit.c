// SPDX-License-Identifier: GPL-2.0-only
/* Can the work's function run where the callback does, with rtnl held? */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"
#include "undermutex.h"

static bool note_mutex(const struct cfunc *f, size_t tok, void *data)
{
	char *name = mutex_taken(f, tok);

	if (name)
		sv_add_once(data, name);
	free(name);
	return false;
}

/* Up to where the mutex taken at `tok` may be held: its last unlock. */
static size_t held_until(const struct cmodule *mod, const struct cfunc *f,
			 size_t tok, const char *name)
{
	size_t to = f->end;

	for (size_t i = tok; i < f->end; i++)
		if (mutex_let_go(mod, f, i, name))
			to = i;
	return to;
}

/* Is rtnl taken in the function with one of those mutexes held? */
static bool inverts(const struct plan *p, struct defer *d,
		    const struct strvec *names, const struct cfunc *f)
{
	for (size_t i = f->body; i < f->end; i++) {
		char *name = mutex_kept(p->mod, f, i);
		size_t to;
		bool ours;

		if (!name)
			continue;
		to = held_until(p->mod, f, i, name);
		ours = !strcmp(name, "?") || sv_has(names, name) ||
		       sv_has(names, "?");
		free(name);
		/* Who has rtnl first keeps the order that we shall have. */
		if (ours && f != d->body && !defer_took_rtnl(f, i) &&
		    defer_rtnl_between(p->mod, f, i + 1, to))
			return !defer_keep(d, "under-rtnl", f->src, i,
					   "%s() may take rtnl with this mutex "
					   "held, which the body takes",
					   f->name);
	}
	return false;
}

static bool has_precedent(const struct cmodule *mod, const struct cfunc *f,
			  struct strvec *seen);

/* The same of those that call the member. */
static bool member_has_precedent(const struct cmodule *mod, const char *member,
				 struct strvec *seen)
{
	for (size_t s = 0; s < mod->count; s++) {
		const struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 1; i + 1 < ts->n; i++) {
			const struct cfunc *f;

			if (!ctoken_is(ts, i, member) ||
			    !ctoken_is(ts, i + 1, "(") ||
			    !ctoken_is_member(ts, i))
				continue;
			f = csource_func_at(src, i);
			if (f && has_precedent(mod, f, seen))
				return true;
		}
	}
	return false;
}

/* Is f, or a function that calls it, run by the core under rtnl already? */
static bool has_precedent(const struct cmodule *mod, const struct cfunc *f,
			  struct strvec *seen)
{
	struct crefs refs = {0};
	bool found = false;

	if (!sv_add_once(seen, f->name))
		return false;
	cmodule_refs(mod, f, &refs);
	for (size_t i = 0; i < refs.n && !found; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call)
			found = has_precedent(mod, r->in, seen);
		else if (r->member)
			found = defer_has_rtnl(r->member) ||
				member_has_precedent(mod, r->member, seen);
	}
	crefs_free(&refs);
	return found;
}

/* What waits until somebody else has done something. */
static bool is_wait(const char *word)
{
	static const char *const begins[] = {
		"wait_", "flush_", "cancel_", "disable_work", "drain_",
		"kthread_flush", "down", "pm_runtime_get",
		"pm_runtime_resume", "usb_autopm_get", "synchronize_irq",
		"napi_disable", "request_firmware",
	};

	return STARTS_IN(word, begins);
}

struct fit {
	const struct plan *p;
	struct defer *d;
};

/* A wait is fine where an op that has rtnl waits at that place, too. */
static bool does_not_fit(const struct cfunc *f, size_t tok, void *data)
{
	static const char *const takers[] = {
		"register_netdev", "unregister_netdev", "netdev_lock",
		"netdev_lock_ops", "netdev_lock_ops_compat",
	};
	const struct fit *fit = data;
	char *word = ctoken_dup(&f->src->toks, tok);
	struct strvec seen = {0};

	if (IS_CALL_OF(&f->src->toks, tok, takers) ||
	    (is_wait(word) && !cmodule_func(fit->p->mod, f->src, word) &&
	     (f == fit->d->body || !has_precedent(fit->p->mod, f, &seen))))
		defer_keep(fit->d, "under-rtnl", f->src, tok,
			   "%s() in %s(): nobody is there with rtnl held so far",
			   word, f->name);
	sv_free(&seen);
	free(word);
	return fit->d->keeps;
}

/* Does the body look at lists or modes, or at what the callback has set? */
struct filter_look {
	struct strvec members;	/* that the callback names */
	bool found;
};

static void look_for_filter(const struct cfunc *f, struct filter_look *look)
{
	static const char *const words[] = {
		"IFF_PROMISC", "IFF_ALLMULTI", "netdev_for_each_mc_addr",
		"netdev_for_each_uc_addr", "__dev_mc_sync", "__dev_uc_sync",
	};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		char *word = ctoken_dup(ts, i);

		if (WORD_IN(word, words) ||
		    (ctoken_is(ts, i - 1, "->") &&
		     sv_has(&look->members, word)))
			look->found = true;
		free(word);
	}
}

static bool visit_filter(const struct cfunc *f, size_t tok, void *data)
{
	struct filter_look *look = data;

	(void)tok;
	look_for_filter(f, look);
	return look->found;
}

/* Members that the function sets: "->x =", "->x |=", "memcpy(&p->x". */
static void set_members(const struct cfunc *f, struct strvec *members)
{
	static const char *const sets[] = {"=", "|=", "&=", "^=", "["};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		char *next = ctoken_dup(ts, i + 1), *word = ctoken_dup(ts, i);

		if (ctoken_is(ts, i - 1, "->") &&
		    (WORD_IN(next, sets) || ctoken_is(ts, i - 4, "memcpy") ||
		     ctoken_is(ts, i - 5, "memcpy")))
			sv_add_once(members, word);
		free(next);
		free(word);
	}
}

bool defer_body_is_filter(const struct plan *p, struct defer *d)
{
	const struct node *n = graph_node(p->graph, d->in);
	struct filter_look look = {0};

	/* What a helper queues may be something else: a reset after an error. */
	if (n->is_callback)
		set_members(d->in, &look.members);
	look_for_filter(d->body, &look);
	if (!look.found)
		callwalk(p->mod, d->body, d->body->body, d->body->end,
			 visit_filter, &look);
	sv_free(&look.members);
	return look.found ||
	       defer_keep(d, "no-filter", d->body->src, d->body->name_tok,
			  "%s() is not seen to set a filter", d->body->name);
}

bool defer_body_fits_rtnl(const struct plan *p, struct defer *d)
{
	const struct cfunc *body = d->body;
	struct fit fit = {p, d};
	struct strvec names = {0};

	callwalk(p->mod, body, body->body, body->end, does_not_fit, &fit);
	callwalk(p->mod, body, body->body, body->end, note_mutex, &names);
	if (d->mutex)
		sv_add_once(&names, d->mutex);
	for (size_t s = 0; s < p->mod->count && names.n; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->func_count && !d->keeps; i++)
			inverts(p, d, &names, &src->funcs[i]);
	}
	sv_free(&names);
	return !d->keeps;
}
