// SPDX-License-Identifier: GPL-2.0-only
#include "context.h"

#include <stdlib.h>
#include <string.h>

/*
 * Members of ops structs that are called from process context, for a device
 * that is registered: the address lock is set up by register_netdev(), so what
 * a probe calls does not count.
 */
static const char *const process_ops[] = {
	"ndo_open", "ndo_stop", "ndo_init", "ndo_uninit", "ndo_change_mtu",
	"ndo_set_mac_address", "ndo_set_features", "ndo_do_ioctl",
	"ndo_eth_ioctl", "ndo_siocdevprivate", "ndo_vlan_rx_add_vid",
	"ndo_vlan_rx_kill_vid", "ndo_set_config", "remove", "shutdown",
	"suspend", "resume", "freeze", "thaw", "poweroff", "restore",
	"runtime_suspend", "runtime_resume", "set_ringparam", "set_channels",
	"set_pauseparam", "set_link_ksettings", "self_test", "set_eeprom",
	"set_wol", "nway_reset", "set_coalesce", "set_priv_flags",
	"reset_resume", "disconnect",
};

static const char *const atomic_ops[] = {
	"ndo_tx_timeout", "ndo_start_xmit", "ndo_poll_controller", "ndo_set_rx_mode",
};

/*
 * A word that may begin a section which must not sleep. Only names can tell;
 * whatever has a lock in its name counts, but for those that sleep.
 */
static bool may_lock(const char *w)
{
	if (strstr(w, "mutex") || strstr(w, "rtnl") || strstr(w, "unlock") ||
	    strstr(w, "netdev_lock") || strstr(w, "lockdep") ||
	    strstr(w, "bit_lock") || ends_with(w, "_locked") || strcasestr(w, "clock") ||
	    strcasestr(w, "block") || !strcmp(w, "spin_lock_init"))
		return false;
	return strcasestr(w, "lock") || strstr(w, "irqsave") ||
	       strstr(w, "irq_disable") || strstr(w, "irq_save") ||
	       strstr(w, "bh_disable") || strstr(w, "preempt_disable") ||
	       !strcmp(w, "cli");
}

static bool may_unlock(const char *w)
{
	return strcasestr(w, "unlock") || strstr(w, "irqrestore") ||
	       strstr(w, "irq_restore") || strstr(w, "irq_enable") ||
	       strstr(w, "bh_enable") || strstr(w, "preempt_enable") ||
	       !strcmp(w, "sti");
}

static size_t lock_before(const struct cmodule *mod, const struct cfunc *f,
			  size_t tok, int depth);

/* Does the call at token i leave a lock taken? */
static bool call_locks(const struct cmodule *mod, const struct cfunc *f,
		       const char *w, int depth)
{
	const struct cfunc *callee = cmodule_func(mod, f->src, w);

	if (!callee || callee == f || !depth)
		return may_lock(w);
	/* What it does counts, whatever it is called. */
	return lock_before(mod, callee, callee->end, depth - 1);
}

/* A lock that may be held: the call that took it, how deep that stood. */
struct taken {
	size_t tok, level;
	size_t gone;		/* the deeper block that gave it back, or 0 */
	bool jumps;		/* there was a goto since, which may hold it */
	char *what;		/* the call's first argument */
};

static char *first_argument(const struct ctokens *ts, size_t call)
{
	struct cargs args;
	char *text;

	cargs_read(&args, ts, call + 1);
	text = args.n ? ctokens_text(ts, args.v[0].from, args.v[0].to) :
			xstrdup("");
	cargs_free(&args);
	return text;
}

/*
 * An unlock in a deeper block than its lock belongs to a path that leaves;
 * where there is a goto between the two, nothing is sure. One whose lock has
 * another name gives back the only one there is.
 */
static void give_back(struct taken *held, size_t *count, size_t level,
		      const char *what)
{
	size_t left = 0, all = *count;

	for (size_t i = 0; i < all; i++) {
		struct taken *t = &held[i];

		if ((all == 1 || !strcmp(t->what, what)) && !t->jumps) {
			if (level <= t->level) {
				free(t->what);
				continue;
			}
			t->gone = level;
		}
		held[left++] = *t;
	}
	*count = left;
}

/* The first call before `tok` after which a lock may be held there, or 0. */
static size_t lock_before(const struct cmodule *mod, const struct cfunc *f,
			  size_t tok, int depth)
{
	const struct ctokens *ts = &f->src->toks;
	struct taken held[8];
	size_t count = 0, level = 0, first;

	for (size_t i = f->body; i < tok; i++) {
		char *w;

		if (ctoken_is(ts, i, "{"))
			level++;
		else if (ctoken_is(ts, i, "}"))
			level--;
		for (size_t k = 0; k < count; k++) {
			if (held[k].gone > level)
				held[k].gone = 0;
			held[k].jumps |= ctoken_is(ts, i, "goto") &&
					 !held[k].gone;
		}
		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		w = ctoken_dup(ts, i);
		if (may_unlock(w)) {
			char *what = first_argument(ts, i);

			give_back(held, &count, level, what);
			free(what);
		} else if (count < ARRAY_SIZE(held) &&
			   call_locks(mod, f, w, count ? 0 : depth)) {
			held[count++] = (struct taken){
				i, level, 0, false, first_argument(ts, i)};
		}
		free(w);
	}
	first = count ? held[0].tok : 0;
	while (count)
		free(held[--count].what);
	return first;
}

/* What does a reference that is no call say about the context? */
static enum context context_of_address(const struct cref *r, char **why)
{
	const struct ctokens *ts = &r->src->toks;
	enum context c = CONTEXT_UNKNOWN;
	size_t taker;
	char *w;

	if (r->member) {
		if (WORD_IN(r->member, process_ops))
			return CONTEXT_PROCESS;
		*why = xasprintf("it is .%s", r->member);
		return WORD_IN(r->member, atomic_ops) ? CONTEXT_ATOMIC :
							CONTEXT_UNKNOWN;
	}
	taker = ctokens_taker(ts, r->tok);
	if (!taker)
		return c;
	w = ctoken_dup(ts, taker);
	if (strstr(w, "PM_OPS") || starts_with(w, "INIT_WORK") ||
	    starts_with(w, "INIT_DELAYED_WORK"))
		c = CONTEXT_PROCESS;
	else if (strstr(w, "request_irq") || strstr(w, "timer_setup") ||
		 strstr(w, "tasklet") || strstr(w, "netif_napi_add"))
		c = CONTEXT_ATOMIC;
	if (c != CONTEXT_PROCESS)
		*why = xasprintf("it is given to %s()", w);
	free(w);
	return c;
}

/* "ops->ndo_open == f", "!= &f": nobody calls it by that. */
static bool is_compared(const struct cref *r)
{
	const struct ctokens *ts = &r->src->toks;
	size_t prev = r->tok - 1;

	if (ctoken_is(ts, prev, "&"))
		prev--;
	return ctoken_is(ts, prev, "==") || ctoken_is(ts, prev, "!=") ||
	       ctoken_is(ts, r->tok + 1, "==") ||
	       ctoken_is(ts, r->tok + 1, "!=");
}

static enum context context_of(const struct cmodule *mod, const struct cfunc *f,
			       int depth, char **why);

static enum context context_in(const struct cmodule *mod, const struct cfunc *f,
			       size_t tok, int depth, char **why)
{
	size_t lock = lock_before(mod, f, tok, 2);

	if (lock) {
		char *w = ctoken_dup(&f->src->toks, lock);

		*why = xasprintf("%s() at %s:%d may be held", w, f->src->path,
				 csource_line(f->src, lock));
		free(w);
		return CONTEXT_UNKNOWN;
	}
	return context_of(mod, f, depth, why);
}

static enum context context_of(const struct cmodule *mod, const struct cfunc *f,
			       int depth, char **why)
{
	enum context c = CONTEXT_PROCESS;
	struct crefs refs = {0};

	if (!depth)
		return CONTEXT_UNKNOWN;
	cmodule_refs(mod, f, &refs);
	if (!refs.n || sv_has(&f->src->exports, f->name)) {
		*why = xasprintf("who calls %s() is not seen here", f->name);
		c = CONTEXT_UNKNOWN;
	}
	for (size_t i = 0; i < refs.n && c == CONTEXT_PROCESS; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call ? r->in == f : is_compared(r))
			continue;
		c = r->is_call ? context_in(mod, r->in, r->tok, depth - 1, why) :
				 context_of_address(r, why);
		if (c != CONTEXT_PROCESS) {
			char *inner = *why;

			*why = xasprintf("%s() %s:%d%s%s", f->name,
					 r->src->path,
					 csource_line(r->src, r->tok),
					 inner ? ": " : "", inner ? inner : "");
			free(inner);
		}
	}
	crefs_free(&refs);
	return c;
}

enum context context_at(const struct cmodule *mod, const struct cfunc *f,
			size_t tok, char **why)
{
	enum context c;

	*why = NULL;
	c = context_in(mod, f, tok, 6, why);
	if (!*why)
		*why = xstrdup(c == CONTEXT_PROCESS ?
				       "process context, no lock held" :
				       "its callers can't be followed");
	return c;
}

size_t context_lock_at(const struct cmodule *mod, const struct cfunc *f,
		       size_t tok)
{
	return lock_before(mod, f, tok, 2);
}

size_t context_sleeper(const struct cfunc *f)
{
	static const char *const words[] = {
		"mutex_lock", "mutex_lock_interruptible", "msleep",
		"msleep_interruptible", "usleep_range", "fsleep", "ssleep",
		"schedule", "schedule_timeout", "schedule_timeout_interruptible",
		"schedule_timeout_uninterruptible", "wait_for_completion",
		"wait_for_completion_timeout", "wait_event", "wait_event_timeout",
		"wait_event_interruptible", "synchronize_rcu", "synchronize_net",
		"synchronize_irq", "down", "might_sleep",
		"usb_control_msg", "usb_control_msg_send", "spi_sync",
		"read_poll_timeout", "readl_poll_timeout",
		"regmap_read_poll_timeout", "cond_resched",
	};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(ts, i, "GFP_KERNEL") || IS_CALL_OF(ts, i, words))
			return i;
	return 0;
}
