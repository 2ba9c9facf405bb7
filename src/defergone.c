// SPDX-License-Identifier: GPL-2.0-only
/* Where a device is not registered yet, or not any more. */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"

/* Members that are called before a device is registered, or after its end. */
static const char *const unregistered_ops[] = {
	"ndo_uninit", "unbind", "priv_destructor",
};

static const char *const unregister[] = {
	"unregister_netdev", "unregister_netdevice",
	"cfg80211_unregister_netdevice",
};

static bool registers(const struct cfunc *f, size_t tok, void *data)
{
	static const char *const words[] = {
		"register_netdev", "register_netdevice", "register_candev",
		"devm_register_netdev", "cfg80211_register_netdevice",
	};

	(void)data;
	return IS_CALL_OF(&f->src->toks, tok, words);
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

	for (size_t i = f->body; field && i < tok; i++)
		if ((ctoken_is(ts, i, "INIT_WORK") ||
		     ctoken_is(ts, i, "kthread_init_work")) &&
		    ctoken_is(ts, i + 5, field))
			return !callwalk(mod, f, i, tok, registers, NULL);
	return false;
}

bool defer_device_is_gone(const struct cmodule *mod, const struct cfunc *f,
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

		gone = r->is_call ? defer_device_is_gone(mod, r->in, r->tok, field,
						   depth - 1) :
				    WORD_IN(r->member, unregistered_ops);
	}
	crefs_free(&refs);
	return gone;
}
