// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes with a work: those who wait for it, the context that it had, the
 * locks that it may take.
 */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"
#include "deferword.h"
#include "undermutex.h"

/* Members that the core calls with rtnl held, for a device that is there. */
static const char *const rtnl_ops[] = {
	"ndo_open", "ndo_stop", "ndo_change_mtu", "ndo_set_mac_address",
	"ndo_set_features", "ndo_vlan_rx_add_vid", "ndo_vlan_rx_kill_vid",
	"ndo_set_config", "ndo_eth_ioctl", "ndo_siocdevprivate", "ndo_bpf",
	"ndo_set_rx_mode", "ndo_set_vf_trust",
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

static bool takes_rtnl(const struct cfunc *f, size_t tok, void *data)
{
	(void)data;
	return IS_CALL_OF(&f->src->toks, tok, rtnl_takers);
}

bool defer_rtnl_between(const struct cmodule *mod, const struct cfunc *f,
			size_t from, size_t to)
{
	return callwalk(mod, f, from, to, takes_rtnl, NULL);
}

bool defer_has_rtnl(const char *member)
{
	return WORD_IN(member, rtnl_ops);
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

/* Does the block around an unlock, up to its end, leave the function? */
static bool leaves_behind(const struct ctokens *ts, size_t unlock)
{
	for (size_t i = unlock; !ctoken_is(ts, i, "}"); i++)
		if (ctoken_is(ts, i, "return") || ctoken_is(ts, i, "goto") ||
		    ctoken_is(ts, i, "{"))
			return !ctoken_is(ts, i, "{");
	return false;
}

/* Has the function taken rtnl on each way to the token, and holds it? */
static bool has_taken_rtnl(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;

	for (size_t i = tok - 1; i > f->body; i--) {
		if (ctoken_is(ts, i, "}"))
			level++;
		else if (ctoken_is(ts, i, "{") && level)
			level--;
		else if (ctoken_begins(ts, i, "rtnl_unlock") &&
			 !(level && leaves_behind(ts, i)))
			return false;
		else if (!level && ctoken_is(ts, i, ":") &&
			 ctoken_is_word(ts, i - 1) &&
			 (ctoken_is(ts, i - 2, ";") ||
			  ctoken_is(ts, i - 2, "}")))
			return false;
		else if (!level && ctoken_is(ts, i, "rtnl_lock") &&
			 !ctoken_is(ts, i - 1, ")") &&
			 !ctoken_is(ts, i - 1, "else"))
			return true;
	}
	return false;
}

/* Is the function called with rtnl held only, by its members and callers? */
static bool only_under_rtnl(const struct cmodule *mod, const struct cfunc *f,
			    size_t tok, int depth)
{
	struct crefs refs = {0};
	bool only;

	if (has_taken_rtnl(f, tok))
		return true;
	if (!depth || sv_has(&f->src->exports, f->name))
		return false;
	cmodule_refs(mod, f, &refs);
	only = refs.n;
	for (size_t i = 0; i < refs.n && only; i++) {
		const struct cref *r = &refs.v[i];

		only = r->is_call ? only_under_rtnl(mod, r->in, r->tok,
						    depth - 1) :
				    WORD_IN(r->member, rtnl_ops);
	}
	crefs_free(&refs);
	return only;
}

/*
 * At a "goto": has the function registered nothing so far? The last thing that
 * it tried may have been that, and have failed.
 */
static bool has_not_registered(const struct cmodule *mod, const struct cfunc *f,
			       size_t jump)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < jump; i++) {
		size_t end;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		end = ctokens_match(ts, i + 1, ts->n) + 1;
		if (!callwalk(mod, f, i, i + 1, registers, NULL))
			continue;
		/* "err = register_netdev(dev); if (err) { ... goto" */
		if (!registers(f, i, NULL) || !ctoken_is(ts, i - 1, "=") ||
		    !ctoken_is(ts, end, ";") ||
		    !ctoken_is(ts, end + 1, "if") ||
		    !ctoken_is_word(ts, end + 3) ||
		    !ctoken_is(ts, end + 4, ")"))
			return false;
		end += 5;
		end = ctoken_is(ts, end, "{") ? ctokens_match(ts, end, ts->n) :
						end + 1;
		if (jump > end)
			return false;
	}
	return true;
}

/*
 * Do all jumps to the label come from where the function, which registers the
 * device itself, has not done so?
 */
static bool jumps_unregistered(const struct cmodule *mod,
			       const struct cfunc *f, size_t label)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, label);
	bool good = false;

	for (size_t i = f->body; i < label; i++)
		good = good || registers(f, i, NULL);
	for (size_t i = f->body; i < f->end && good; i++)
		if (ctoken_is(ts, i, "goto") && ctoken_is(ts, i + 1, name))
			good = has_not_registered(mod, f, i);
	free(name);
	return good;
}

static bool is_unregister(const struct cfunc *f, size_t tok, void *data)
{
	(void)data;
	return IS_CALL_OF(&f->src->toks, tok, unregister);
}

/* Is the device freed there, in the function's own block? */
static bool frees_device(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;

	for (size_t i = f->body; i < f->end; i++) {
		level += ctoken_is(ts, i, "{");
		level -= ctoken_is(ts, i, "}");
		if (level == 1 && ctoken_is(ts, i, "free_netdev") &&
		    !ctoken_is(ts, i - 1, ")"))
			return true;
	}
	return false;
}

/*
 * A call that unregisters the device, or of a function that does so where there
 * is one: by its name, or since it frees it.
 */
static bool unregisters(const struct cmodule *mod, const struct cfunc *f,
			size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	const struct cfunc *callee;
	bool does;
	char *name;

	if (IS_CALL_OF(ts, tok, unregister))
		return true;
	if (!ctoken_is_word(ts, tok) || !ctoken_is(ts, tok + 1, "("))
		return false;
	name = ctoken_dup(ts, tok);
	callee = cmodule_func(mod, f->src, name);
	does = callee && callee != f &&
	       (strstr(name, "unregister_netdev") || frees_device(callee)) &&
	       callwalk(mod, callee, callee->body, callee->end, is_unregister,
			NULL);
	free(name);
	return does;
}

/*
 * Is the device freed behind the token, whatever way that goes, and not
 * unregistered before? Then it was not registered there: free_netdev() would
 * stop the kernel.
 */
static bool is_freed_behind(const struct cmodule *mod, const struct cfunc *f,
			    size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t i = ctokens_match(ts, tok + 1, ts->n);

	for (; i < f->end; i++) {
		if (ctoken_is(ts, i, "{")) {
			size_t close = ctokens_match(ts, i, ts->n);

			for (; i < close; i++)
				if (ctoken_is(ts, i, "return") ||
				    ctoken_is(ts, i, "goto") ||
				    callwalk(mod, f, i, i + 1, is_unregister,
					     NULL))
					return false;
		} else if (ctoken_is(ts, i, "return") ||
			   ctoken_is(ts, i, "goto") ||
			   ctoken_is(ts, i, "break") ||
			   ctoken_is(ts, i, "continue")) {
			return false;
		} else if (ctoken_is(ts, i, "free_netdev") &&
			   !ctoken_is(ts, i - 1, ")")) {
			return true;
		} else if (callwalk(mod, f, i, i + 1, is_unregister, NULL)) {
			return false;
		}
	}
	return false;
}

/* Is a loop around the token? */
static bool is_in_loop(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < tok; i++) {
		size_t open;

		if (!ctoken_is(ts, i, "for") && !ctoken_is(ts, i, "while") &&
		    !ctoken_is(ts, i, "do") &&
		    !(ctoken_is_word(ts, i) && ctoken_is(ts, i + 1, "(") &&
		      ctoken_is(ts, ctokens_match(ts, i + 1, ts->n) + 1, "{") &&
		      !ctoken_is(ts, i, "if") && !ctoken_is(ts, i, "switch")))
			continue;
		open = ctoken_is(ts, i + 1, "(") ?
			       ctokens_match(ts, i + 1, ts->n) + 1 :
			       i + 1;
		if (!ctoken_is(ts, open, "{") || ctokens_match(ts, open, ts->n) > tok)
			return true;
	}
	return false;
}

/* Has the function unregistered the device before it gets to the token? */
static bool is_unregistered(const struct cmodule *mod, const struct cfunc *f,
			    size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;

	/* Backwards, over blocks that are closed: they may not have run. */
	for (size_t i = tok; i > f->body; i--) {
		if (ctoken_is(ts, i, "}"))
			level++;
		else if (ctoken_is(ts, i, "{") && level)
			level--;
		else if (!level && unregisters(mod, f, i))
			return true;
		/* A jump may come in behind it. */
		if (!level && ctoken_is(ts, i, ":") &&
		    ctoken_is_word(ts, i - 1) &&
		    (ctoken_is(ts, i - 2, ";") || ctoken_is(ts, i - 2, "}")) &&
		    !jumps_unregistered(mod, f, i - 1))
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
		if ((ctoken_is(ts, i, "INIT_WORK") ||
		     ctoken_is(ts, i, "kthread_init_work")) &&
		    ctoken_is(ts, i + 5, field))
			return !callwalk(mod, f, i, tok, registers, NULL);
	return false;
}

static bool device_is_gone(const struct cmodule *mod, const struct cfunc *f,
			   size_t tok, const char *field, int depth)
{
	struct crefs refs = {0};
	bool gone;

	if (is_unregistered(mod, f, tok) || unregisters_next(mod, f, tok) ||
	    is_before_register(mod, f, tok, field) ||
	    (!is_in_loop(f, tok) && is_freed_behind(mod, f, tok)))
		return true;
	if (!depth)
		return false;
	cmodule_refs(mod, f, &refs);
	gone = refs.n;
	for (size_t i = 0; i < refs.n && gone; i++) {
		const struct cref *r = &refs.v[i];

		gone = r->is_call ? device_is_gone(mod, r->in, r->tok, field,
						   depth - 1) :
				    WORD_IN(r->member, unregistered_ops);
	}
	crefs_free(&refs);
	return gone;
}

/*
 * Does the body, whole under a mutex, do nothing unless a flag is set that the
 * waiting function has cleared under it?
 */
static bool is_gated(const struct defer *d, const struct cfunc *f, size_t tok)
{
	char *mutex = under_mutex(d->body), *flag = NULL, *var;
	bool gated = false;

	if (mutex)
		flag = under_mutex_if(d->body);
	if (flag && ctoken_is(&f->src->toks, tok + 2, "&")) {
		var = ctoken_dup(&f->src->toks, tok + 3);
		gated = cleared_under_mutex(f, tok, mutex, var, flag);
		free(var);
	}
	free(flag);
	free(mutex);
	return gated;
}

/* Does the callback nothing itself but hand its work on? */
static bool only_hands_on(const struct defer *d)
{
	const struct cfunc *f = d->in;
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		char *word;
		bool fine;

		if (ctoken_is(ts, i, "=") && ctoken_is(ts, i - 2, "->"))
			return false;
		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "(") ||
		    i == d->queue)
			continue;
		word = ctoken_dup(ts, i);
		fine = !strcmp(word, "if") || ends_with(word, "_priv");
		free(word);
		if (!fine)
			return false;
	}
	return true;
}

/*
 * An empty section of the address lock in front of the wait was there for the
 * callback to be through with queueing: it does no more of that.
 */
static void drop_barrier(struct defer *d, struct csource *src,
			 const struct cfunc *f, size_t wait)
{
	const struct ctokens *ts = &src->toks;

	for (size_t i = f->body; i < wait && only_hands_on(d); i++) {
		size_t end, next;

		if (!ctoken_is(ts, i, "netif_addr_lock_bh") ||
		    !ctoken_is(ts, i + 1, "("))
			continue;
		end = ctokens_match(ts, i + 1, ts->n) + 1;
		next = ctokens_match(ts, end + 2, ts->n) + 1;
		if (ctoken_is(ts, end + 1, "netif_addr_unlock_bh") &&
		    stands_alone(ts, i, end) && ctoken_is(ts, next, ";"))
			defer_change(d, CHANGE_DROP, src, i, next + 1, NULL);
	}
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

	if (is_gated(d, f, tok)) {
		drop_barrier(d, src, f, tok);
		return true;
	}
	if ((!disables && only_under_rtnl(p->mod, f, tok, 6)) ||
	    device_is_gone(p->mod, f, tok, d->field, 2))
		return true;
	return defer_keep(d, "wait", src, tok,
			  "%s() waits for the work: it may have to wait for "
			  "the callback as well", f->name);
}

/* A lock that may be held at the token, and that the body may want. */
static bool may_hold_mutex(const struct cfunc *f, size_t tok)
{
	static const char *const words[] = {
		"mutex_lock", "mutex_trylock", "mutex_lock_interruptible",
		"guard", "scoped_guard", "down", "down_read", "down_write",
		"mutex_lock_nested",
	};

	for (size_t i = f->body; i < tok; i++)
		if (IS_CALL_OF(&f->src->toks, i, words))
			return true;
	return false;
}

/* Is that place one with rtnl held and no lock besides, whoever gets there? */
static bool has_rtnl_alone(const struct cmodule *mod, const struct cfunc *f,
			   size_t tok, int depth)
{
	struct crefs refs = {0};
	bool alone;

	if (!depth || sv_has(&f->src->exports, f->name) ||
	    may_hold_mutex(f, tok) || context_lock_at(mod, f, tok))
		return false;
	if (has_taken_rtnl(f, tok))
		return true;
	cmodule_refs(mod, f, &refs);
	alone = refs.n;
	for (size_t i = 0; i < refs.n && alone; i++) {
		const struct cref *r = &refs.v[i];

		alone = r->is_call ? has_rtnl_alone(mod, r->in, r->tok,
						    depth - 1) :
				     WORD_IN(r->member, rtnl_ops);
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

	for (size_t i = 0; i < ARRAY_SIZE(begins); i++)
		if (starts_with(word, begins[i]))
			return true;
	return false;
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

	if (may_hold_mutex(f, tok) || context_lock_at(p->mod, f, tok) ||
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
			bool takes = may_hold_mutex(g, g->end), ours = false;

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
