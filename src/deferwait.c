// SPDX-License-Identifier: GPL-2.0-only
/* Those who wait for a work: need they, once it is gone? */
#include <stdlib.h>
#include <string.h>

#include "defer.h"
#include "deferword.h"
#include "undermutex.h"

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
	if ((!disables && defer_under_rtnl(p->mod, f, tok, 6)) ||
	    defer_device_is_gone(p->mod, f, tok, d->field, 2))
		return true;
	return defer_keep(d, "wait", src, tok,
			  "%s() waits for the work: it may have to wait for "
			  "the callback as well", f->name);
}
