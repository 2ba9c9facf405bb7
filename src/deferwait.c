// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes with a work: those who wait for it, the context that it had, the
 * locks that it may take.
 */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"

/* Members that the core calls with rtnl held, for a device that is there. */
static const char *const rtnl_ops[] = {
	"ndo_open", "ndo_stop", "ndo_change_mtu", "ndo_set_mac_address",
	"ndo_set_features", "ndo_vlan_rx_add_vid", "ndo_vlan_rx_kill_vid",
	"ndo_set_config", "ndo_eth_ioctl", "ndo_siocdevprivate", "ndo_bpf",
	"ndo_set_rx_mode",
};

/* Members that are called before a device is registered, or after its end. */
static const char *const unregistered_ops[] = {
	"ndo_uninit", "unbind", "priv_destructor",
};

static const char *const unregister[] = {
	"unregister_netdev", "unregister_netdevice",
	"cfg80211_unregister_netdevice",
};

/* What takes rtnl, or the device's lock that the callback may be under. */
static const char *const rtnl_takers[] = {
	"rtnl_lock", "rtnl_lock_interruptible", "rtnl_lock_killable",
	"rtnl_trylock", "register_netdev", "unregister_netdev",
	"netdev_lock", "netdev_lock_ops", "netdev_lock_ops_compat",
};

static bool in_list(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; word && i < n; i++)
		if (!strcmp(word, list[i]))
			return true;
	return false;
}

#define IN_LIST(word, list) in_list(word, list, ARRAY_SIZE(list))

static bool is_call_of(const struct ctokens *ts, size_t i,
		       const char *const *list, size_t n)
{
	if (!ctoken_is(ts, i + 1, "("))
		return false;
	for (size_t k = 0; k < n; k++)
		if (ctoken_is(ts, i, list[k]))
			return true;
	return false;
}

#define IS_CALL_OF(ts, i, list) is_call_of(ts, i, list, ARRAY_SIZE(list))

static bool takes_rtnl(const struct cfunc *f, size_t tok, void *data)
{
	(void)data;
	return IS_CALL_OF(&f->src->toks, tok, rtnl_takers);
}

bool defer_takes_rtnl(const struct cmodule *mod, const struct cfunc *f)
{
	return callwalk(mod, f, f->body, f->end, takes_rtnl, NULL);
}

static bool registers(const struct cfunc *f, size_t tok, void *data)
{
	static const char *const words[] = {
		"register_netdev", "register_netdevice", "register_candev",
		"devm_register_netdev", "cfg80211_register_netdevice",
	};

	(void)data;
	return IS_CALL_OF(&f->src->toks, tok, words);
}

/* Is the function called with rtnl held only, by its members and callers? */
static bool only_under_rtnl(const struct cmodule *mod, const struct cfunc *f,
			    int depth)
{
	struct crefs refs = {0};
	bool only;

	if (!depth || sv_has(&f->src->exports, f->name))
		return false;
	cmodule_refs(mod, f, &refs);
	only = refs.n;
	for (size_t i = 0; i < refs.n && only; i++) {
		const struct cref *r = &refs.v[i];

		only = r->is_call ? only_under_rtnl(mod, r->in, depth - 1) :
				    IN_LIST(r->member, rtnl_ops);
	}
	crefs_free(&refs);
	return only;
}

/* Has the function unregistered the device before it gets to the token? */
static bool is_unregistered(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;

	/* Backwards, over blocks that are closed: they may not have run. */
	for (size_t i = tok; i > f->body; i--) {
		if (ctoken_is(ts, i, "}"))
			level++;
		else if (ctoken_is(ts, i, "{") && level)
			level--;
		else if (!level && IS_CALL_OF(ts, i, unregister))
			return true;
		/* A jump may come in behind it. */
		if (!level && ctoken_is(ts, i, ":") &&
		    ctoken_is_word(ts, i - 1) &&
		    (ctoken_is(ts, i - 2, ";") || ctoken_is(ts, i - 2, "}")))
			return false;
	}
	return false;
}

/* Calls that hurt nobody between a wait and the end of the device. */
static bool is_harmless(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"cancel_work_sync", "cancel_delayed_work_sync", "flush_work",
		"timer_delete_sync", "timer_shutdown_sync", "if", "pr_info",
		"pr_debug", "dev_info", "dev_dbg", "netdev_info",
		"netdev_dbg", "destroy_workqueue", "IS_ERR",
	};

	return IS_CALL_OF(ts, i, words);
}

/* Does nothing but harmless calls stand between the token and that end? */
static bool unregisters_next(const struct cmodule *mod, const struct cfunc *f,
			     size_t tok)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = tok; i < f->end; i++) {
		struct cfunc *callee;
		char *name;

		if (ctoken_is(ts, i, "return") || ctoken_is(ts, i, "goto") ||
		    ctoken_is(ts, i, "else"))
			return false;
		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		if (IS_CALL_OF(ts, i, unregister))
			return true;
		if (is_harmless(ts, i))
			continue;
		name = ctoken_dup(ts, i);
		callee = cmodule_func(mod, f->src, name);
		free(name);
		/* A function that does so before all else. */
		return callee && callee != f &&
		       unregisters_next(mod, callee, callee->body);
	}
	return false;
}

/* Was the work set up in the function itself, and nothing registered since? */
static bool is_before_register(const struct cmodule *mod,
			       const struct cfunc *f, size_t tok,
			       const char *field)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < tok; i++)
		if (ctoken_is(ts, i, "INIT_WORK") &&
		    ctoken_is(ts, i + 5, field))
			return !callwalk(mod, f, i, tok, registers, NULL);
	return false;
}

static bool device_is_gone(const struct cmodule *mod, const struct cfunc *f,
			   size_t tok, const char *field, int depth)
{
	struct crefs refs = {0};
	bool gone;

	if (is_unregistered(f, tok) || unregisters_next(mod, f, tok) ||
	    is_before_register(mod, f, tok, field))
		return true;
	if (!depth)
		return false;
	cmodule_refs(mod, f, &refs);
	gone = refs.n;
	for (size_t i = 0; i < refs.n && gone; i++) {
		const struct cref *r = &refs.v[i];

		gone = r->is_call ? device_is_gone(mod, r->in, r->tok, field,
						   depth - 1) :
				    IN_LIST(r->member, unregistered_ops);
	}
	crefs_free(&refs);
	return gone;
}

/*
 * The core runs the callback with rtnl held, and not for a device that is
 * down or gone: who has rtnl need not wait, nor who is behind the end or just
 * before it, for the unregistering takes rtnl.
 */
bool defer_wait_is_needless(const struct plan *p, struct defer *d,
			    struct csource *src, size_t tok)
{
	const struct cfunc *f = csource_func_at(src, tok);
	bool disables = ctoken_is(&src->toks, tok, "disable_work_sync");

	if ((!disables && only_under_rtnl(p->mod, f, 4)) ||
	    device_is_gone(p->mod, f, tok, d->field, 2))
		return true;
	return defer_keep(d, "wait", src, tok,
			  "%s() waits for the work: it may have to wait for "
			  "the callback as well", f->name);
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

		if (!r->is_call)
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

/* mutex_lock(...), guard(mutex)(...). */
static bool takes_mutex(const struct ctokens *ts, size_t i)
{
	return (ctoken_begins(ts, i, "mutex_lock") && ctoken_is(ts, i + 1, "(")) ||
	       ((ctoken_is(ts, i, "guard") || ctoken_is(ts, i, "scoped_guard")) &&
		ctoken_begins(ts, i + 2, "mutex"));
}

/* "lock" in mutex_lock(&priv->lock), NULL where it is not that plain. */
static char *mutex_name(const struct ctokens *ts, size_t call)
{
	size_t close = ctokens_match(ts, call + 1, ts->n);

	if (ctoken_is(ts, call, "guard") && ctoken_is(ts, close + 1, "("))
		close = ctokens_match(ts, close + 1, ts->n);
	return ctoken_is_word(ts, close - 1) ? ctoken_dup(ts, close - 1) : NULL;
}

static bool note_mutex(const struct cfunc *f, size_t tok, void *data)
{
	if (takes_mutex(&f->src->toks, tok)) {
		char *name = mutex_name(&f->src->toks, tok);

		sv_add_once(data, name ? name : "?");
		free(name);
	}
	return false;
}

/* Up to where the mutex taken at `tok` may be held: its last unlock. */
static size_t held_until(const struct cfunc *f, size_t tok, const char *name)
{
	const struct ctokens *ts = &f->src->toks;
	size_t to = f->end;

	for (size_t i = tok; name && i < f->end; i++) {
		char *other;

		if (!ctoken_is(ts, i, "mutex_unlock"))
			continue;
		other = mutex_name(ts, i);
		if (other && !strcmp(name, other))
			to = i;
		free(other);
	}
	return to;
}

/* Is rtnl taken in the function with one of those mutexes held? */
static bool inverts(const struct plan *p, struct defer *d,
		    const struct strvec *names, const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		char *name;
		size_t to;
		bool ours;

		if (!takes_mutex(ts, i))
			continue;
		name = mutex_name(ts, i);
		to = held_until(f, i, name);
		ours = !name || sv_has(names, name) || sv_has(names, "?");
		free(name);
		if (ours && f != d->body &&
		    callwalk(p->mod, f, i + 1, to, takes_rtnl, NULL))
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
			    (!ctoken_is(ts, i - 1, "->") &&
			     !ctoken_is(ts, i - 1, ".")))
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
			found = IN_LIST(r->member, rtnl_ops) ||
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

	for (size_t i = 0; i < ARRAY_SIZE(begins); i++)
		if (starts_with(word, begins[i]))
			return true;
	return false;
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

		if (IN_LIST(word, words) ||
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
		    (IN_LIST(next, sets) || ctoken_is(ts, i - 4, "memcpy") ||
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
	for (size_t s = 0; s < p->mod->count && names.n; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->func_count && !d->keeps; i++)
			inverts(p, d, &names, &src->funcs[i]);
	}
	sv_free(&names);
	return !d->keeps;
}
