// SPDX-License-Identifier: GPL-2.0-only
/* lint_locks(): H4, H5, H7 to H10. */
#include <stdlib.h>
#include <string.h>

#include "addrheld.h"
#include "context.h"
#include "lint.h"
#include "shared.h"
#include "softirq.h"
#include "structof.h"
#include "txqueue.h"

/* Calls on the callbacks' paths that say something by themselves. */
static const struct sign {
	const char *word;	/* a trailing '*' stands for any rest */
	const char *id, *text;
} signs[] = {
	{"netif_stop_queue", "H9", "stops a transmit queue"},
	{"netif_wake_queue", "H9", "wakes a transmit queue"},
	{"netif_start_queue", "H9", "starts a transmit queue"},
	{"netif_tx_stop_all_queues", "H9", "stops the transmit queues"},
	{"netif_tx_wake_all_queues", "H9", "wakes the transmit queues"},
	{"netif_tx_start_all_queues", "H9", "starts the transmit queues"},
	{"napi_schedule", "H8", "relies on bottom halves being off"},
	{"this_cpu_*", "H8", "uses per-CPU data with bottom halves on"},
	{"__this_cpu_*", "H8", "uses per-CPU data with bottom halves on"},
	{"smp_processor_id", "H8", "asks for a CPU that it may leave"},
	{"u64_stats_update_begin", "H8", "writes statistics that softirqs write"},
	{"rcu_dereference_bh", "H8", "counts on bottom halves being off"},
	{"in_interrupt", "H8", "asks for the context, which is another now"},
	{"in_softirq", "H8", "asks for the context, which is another now"},
	{"in_atomic", "H8", "asks for the context, which is another now"},
	{"rtnl_lock", "H10", "takes rtnl, which the caller holds"},
	{"rtnl_lock_killable", "H10", "takes rtnl, which the caller holds"},
	{"rtnl_trylock", "H10", "can't get rtnl, which the caller holds"},
	{"netdev_lock", "H10", "takes the device's lock, which the caller may hold"},
	{"dev_set_promiscuity", "H19", "changes another device"},
	{"dev_set_allmulti", "H19", "changes another device"},
};

/* Are bottom halves or interrupts off at the token, by the function itself? */
static bool bh_off(const struct cfunc *f, size_t tok)
{
	static const char *const off[] = {
		"spin_lock_bh", "spin_lock_irq", "spin_lock_irqsave",
		"local_bh_disable", "local_irq_save", "local_irq_disable",
		"write_lock_bh", "read_lock_bh", "netif_tx_lock_bh",
		"rcu_read_lock_bh", "netif_addr_lock_bh",
	};
	static const char *const on[] = {
		"spin_unlock_bh", "spin_unlock_irq", "spin_unlock_irqrestore",
		"local_bh_enable", "local_irq_restore", "local_irq_enable",
		"write_unlock_bh", "read_unlock_bh", "netif_tx_unlock_bh",
		"rcu_read_unlock_bh", "netif_addr_unlock_bh",
	};
	const struct ctokens *ts = &f->src->toks;
	int held = 0;

	for (size_t i = f->body; i < tok; i++) {
		if (!ctoken_is(ts, i + 1, "("))
			continue;
		held += TOKEN_IN(ts, i, off);
		held -= held && TOKEN_IN(ts, i, on);
	}
	return held > 0;
}

/* The same for the node, or at each call of it on the callbacks' paths. */
static bool bh_off_on_path(const struct graph *g, const struct node *n,
			   size_t tok, int depth)
{
	size_t calls = 0;

	if (bh_off(n->f, tok))
		return true;
	if (n->is_callback || !depth)
		return false;
	for (size_t i = 0; i < g->count; i++)
		for (size_t k = 0; k < g->nodes[i]->edge_count; k++) {
			const struct edge *e = &g->nodes[i]->edges[k];

			if (e->to != n || g->nodes[i] == n)
				continue;
			calls++;
			if (!bh_off_on_path(g, g->nodes[i], e->tok, depth - 1))
				return false;
		}
	return calls > 0;
}

static void find_signs(struct lint *l, struct unit *u, const struct node *n)
{
	const struct csource *src = n->f->src;
	const struct plan *p = u->plan;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		if (!ctoken_is_word(&src->toks, i) ||
		    !ctoken_is(&src->toks, i + 1, "(") ||
		    ctoken_is_member(&src->toks, i))
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(signs); k++) {
			const struct sign *s = &signs[k];

			if (!ctoken_fits(&src->toks, i, s->word) ||
			    (!strcmp(s->id, "H9") &&
			     queues_are_safe(u, n, i, s->text)) ||
			    (!strcmp(s->id, "H8") &&
			     bh_off_on_path(p->graph, n, i, 6)))
				continue;
			lint_find(l, u, s->id, src, i, graph_chain(n),
				  "%.*s() %s", (int)src->toks.v[i].len,
				  src->toks.text + src->toks.v[i].off, s->text);
		}
	}
}

/* At a call that takes a lock in some way. */
static bool takes_lock(const struct ctokens *ts, size_t i)
{
	static const char *const takers[] = {
		"spin_lock", "spin_lock_bh", "spin_lock_irq",
		"spin_lock_irqsave", "spin_trylock", "raw_spin_lock",
		"raw_spin_lock_irqsave", "read_lock", "write_lock",
		"read_lock_irqsave", "write_lock_irqsave",
	};

	return IS_CALL_OF(ts, i, takers);
}

/* The last token of the lock's expression, where that is a word; or 0. */
static size_t lock_word(const struct ctokens *ts, size_t call)
{
	struct cargs args;
	size_t tok = 0;

	cargs_read(&args, ts, call + 1);
	if (args.n && ctoken_is_word(ts, args.v[0].to - 1))
		tok = args.v[0].to - 1;
	cargs_free(&args);
	return tok;
}

/* Where something in softirq or interrupt context takes the same lock. */
static const struct cfunc *softirq_taker(const struct cmodule *mod,
					 const struct cfuncs *soft,
					 const struct csource *src, size_t lock)
{
	char *name = ctoken_dup(&src->toks, lock);
	char *tag = struct_of_member(mod, src, lock);
	const struct cfunc *found = NULL;

	for (size_t i = 0; i < soft->n && !found; i++) {
		const struct cfunc *f = soft->v[i];
		const struct ctokens *ts = &f->src->toks;

		for (size_t k = f->body; k < f->end && !found; k++) {
			size_t other = takes_lock(ts, k) ? lock_word(ts, k) : 0;
			char *its;

			if (!other || !ctoken_is(ts, other, name))
				continue;
			its = struct_of_member(mod, f->src, other);
			if (tag && its && !strcmp(tag, its))
				found = f;
			free(its);
		}
	}
	free(name);
	free(tag);
	return found;
}

static void find_plain_locks(struct lint *l, const struct unit *u,
			     const struct node *n, const struct cfuncs *soft)
{
	static const char *const takers[] = {
		"spin_lock", "spin_trylock", "raw_spin_lock", "read_lock",
		"write_lock",
	};
	const struct csource *src = n->f->src;
	const struct plan *p = u->plan;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		const struct cfunc *other;
		size_t lock;

		if (!IS_CALL_OF(&src->toks, i, takers) ||
		    bh_off_on_path(p->graph, n, i, 6))
			continue;
		lock = lock_word(&src->toks, i);
		other = lock ? softirq_taker(p->mod, soft, src, lock) : NULL;
		if (other)
			lint_find(l, u, "H7", src, i, graph_chain(n),
				  "%.*s is taken with bottom halves on, and "
				  "%s(), in softirq or interrupt context, "
				  "takes it, too", (int)src->toks.v[lock].len,
				  src->toks.text + src->toks.v[lock].off,
				  other->name);
	}
}

/* Can it sleep, or what it names? *who is the first of these that can. */
static bool can_sleep(const struct cmodule *mod, const struct cfunc *f,
		      struct strvec *seen, const struct cfunc **who)
{
	const struct ctokens *ts = &f->src->toks;

	if (!sv_add_once(seen, f->name) || seen->n > 400)
		return false;
	*who = f;
	if (context_sleeper(f))
		return true;
	for (size_t i = f->body; i < f->end; i++) {
		struct cfunc *callee;
		char *name;

		if (!ctoken_is_word(ts, i) || ctoken_is_member(ts, i))
			continue;
		name = ctoken_dup(ts, i);
		callee = cmodule_func(mod, f->src, name);
		free(name);
		if (callee && can_sleep(mod, callee, seen, who))
			return true;
	}
	return false;
}

/* A section of the function's under the address lock. */
static void look_at_section(struct lint *l, const struct unit *u,
			    const struct cfunc *f, size_t lock)
{
	const struct ctokens *ts = &f->src->toks;
	const struct plan *p = u->plan;
	size_t end = addr_lock_end(f, lock);
	struct cfunc part = *f;
	struct strvec seen = {0};
	const struct cfunc *who = NULL;
	bool list = graph_range_uses_lists(p->graph, f->src, lock, end);
	char *shared;

	for (size_t i = lock; i < end; i++)
		list = list || ctoken_is(ts, i, "eth_hw_addr_set") ||
		       ctoken_is(ts, i, "__dev_addr_set") ||
		       ctoken_is(ts, i, "dev_addr_set") ||
		       ctoken_is(ts, i, "dev_addr_mod") ||
		       ctoken_begins(ts, i, "netdev_hw_addr_list");
	shared = list ? NULL : shared_state(p->graph, f->src, lock, end);
	if (shared)
		lint_find(l, u, "H8", f->src, lock, NULL,
			  "%s() takes the address lock, but not for a list: it "
			  "does not keep the async callback from %s", f->name,
			  shared);
	free(shared);
	part.body = lock;
	part.end = end;
	if (can_sleep(p->mod, &part, &seen, &who))
		lint_find(l, u, "H4", f->src, lock, NULL,
			  "%s() holds the address lock over what can sleep, "
			  "%s() at line %d", f->name, who->name,
			  csource_line(who->src, context_sleeper(who)));
	sv_free(&seen);
	part = *f;
	for (size_t i = f->body; i < lock; i++) {
		if (ctoken_is(ts, i, "spin_lock_irqsave") ||
		    ctoken_is(ts, i, "spin_lock_irq"))
			part.start = i;
		else if (ctoken_is(ts, i, "spin_unlock_irqrestore") ||
			 ctoken_is(ts, i, "spin_unlock_irq"))
			part.start = f->start;
	}
	if (part.start != f->start)
		lint_find(l, u, "H5", f->src, lock, NULL,
			  "%s() takes the address lock with interrupts off",
			  f->name);
}

void lint_locks(struct lint *l, struct unit *u)
{
	const struct plan *p = u->plan;
	struct cfuncs soft = {0};

	softirq_functions(p->mod, &soft);
	for (size_t i = 0; i < p->graph->count; i++) {
		find_signs(l, u, p->graph->nodes[i]);
		find_plain_locks(l, u, p->graph->nodes[i], &soft);
	}
	free(soft.v);
	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->toks.n; i++) {
			const struct cfunc *f;

			if (!addr_lock_at(&src->toks, i))
				continue;
			f = csource_func_at(src, i);
			if (f)
				look_at_section(l, u, f, i);
		}
	}
}
