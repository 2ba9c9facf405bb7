// SPDX-License-Identifier: GPL-2.0-only
/* The hazards of a conversion, as the module's text shows them. */
#include <stdlib.h>
#include <string.h>

#include "plan.h"
#include "addrlock.h"
#include "comments.h"
#include "hold.h"
#include "foreign.h"
#include "listcopy.h"
#include "ndocall.h"
#include "indirect.h"
#include "rmw.h"
#include "softirq.h"
#include "trial.h"
#include "txqueue.h"

/*
 * Words on the callback's path that decide by themselves; H7 to H9 only where
 * the context can't be kept.
 */
static const struct sign {
	const char *word;	/* a trailing '*' stands for any rest */
	const char *id, *reason, *text;
} signs[] = {
	{"netif_stop_queue", "H9", "tx-queue", "stops a transmit queue"},
	{"netif_wake_queue", "H9", "tx-queue", "wakes a transmit queue"},
	{"netif_queue_stopped", "H9", "tx-queue",
	 "counts on a stopped transmit queue"},
	{"netif_start_queue", "H9", "tx-queue", "starts a transmit queue"},
	{"netif_tx_disable", "H9", "tx-queue", "stops the transmit queues"},
	{"netif_tx_stop_all_queues", "H9", "tx-queue",
	 "stops the transmit queues"},
	{"netif_tx_wake_all_queues", "H9", "tx-queue",
	 "wakes the transmit queues"},
	{"netif_tx_start_all_queues", "H9", "tx-queue",
	 "starts the transmit queues"},
	{"netif_stop_subqueue", "H9", "tx-queue", "stops a transmit queue"},
	{"napi_disable", "H9", "tx-queue", "stops NAPI"},
	{"napi_schedule", "H8", "per-cpu", "relies on bottom halves being off"},
	{"netif_tx_lock", "H7", "plain-lock", "takes a transmit lock"},
	{"__netif_tx_lock", "H7", "plain-lock", "takes a transmit lock"},
	{"read_lock", "H7", "plain-lock", "takes a lock without _bh"},
	{"write_lock", "H7", "plain-lock", "takes a lock without _bh"},
	{"spin_trylock", "H7", "plain-lock", "takes a lock without _bh"},
	{"raw_spin_lock", "H7", "plain-lock", "takes a lock without _bh"},
	{"this_cpu_*", "H8", "per-cpu", "uses per-CPU data"},
	{"__this_cpu_*", "H8", "per-cpu", "uses per-CPU data"},
	{"smp_processor_id", "H8", "per-cpu", "asks for the CPU's number"},
	{"u64_stats_update_begin", "H8", "per-cpu", "writes statistics"},
	{"rcu_dereference_bh", "H8", "per-cpu", "counts on BHs being off"},
	{"in_interrupt", "H8", "per-cpu", "asks for the context"},
	{"in_softirq", "H8", "per-cpu", "asks for the context"},
	{"in_atomic", "H8", "per-cpu", "asks for the context"},
	{"in_task", "H8", "per-cpu", "asks for the context"},
	{"irqs_disabled", "H8", "per-cpu", "asks for the context"},
	{"rtnl_lock", "H10", "rtnl", "takes rtnl"},
	{"rtnl_trylock", "H10", "rtnl", "takes rtnl"},
	{"flush_work", "H11", "waits", "waits for work"},
	{"flush_workqueue", "H11", "waits", "waits for work"},
	{"flush_delayed_work", "H11", "waits", "waits for work"},
	{"flush_scheduled_work", "H11", "waits", "waits for work"},
	{"cancel_work_sync", "H11", "waits", "waits for work"},
	{"cancel_delayed_work_sync", "H11", "waits", "waits for work"},
	{"dev_set_promiscuity", "H19", "stacked", "changes a lower device"},
	{"dev_set_allmulti", "H19", "stacked", "changes a lower device"},
	{"dev_change_flags", "H19", "stacked", "changes a lower device"},
};

static bool is_of_context(const struct sign *s)
{
	return !strcmp(s->id, "H7") || !strcmp(s->id, "H8") ||
	       !strcmp(s->id, "H9");
}

static void find_signs(struct unit *u, const struct node *n)
{
	const struct csource *src = n->f->src;
	const struct ctokens *ts = &src->toks;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(signs); k++) {
			char *chain;

			if (!ctoken_fits(ts, i, signs[k].word))
				continue;
			if (!strcmp(signs[k].id, "H9") &&
			    queues_are_safe(u, n, i, signs[k].text))
				continue;
			chain = graph_chain(n);
			(is_of_context(&signs[k]) ? hold_doubt : plan_refuse)(
				u, signs[k].reason, signs[k].id, src, i,
				"%s (%.*s) in %s", signs[k].text,
				(int)ts->v[i].len, ts->text + ts->v[i].off,
				chain);
			free(chain);
		}
	}
}

static bool uses_irqs(const struct graph *g)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct cfunc *f = g->nodes[i]->f;

		for (size_t k = f->body; k < f->end; k++) {
			const struct ctokens *ts = &f->src->toks;

			if (ctoken_is(ts, k, "spin_lock_irqsave") ||
			    ctoken_is(ts, k, "spin_lock_irq") ||
			    ctoken_is(ts, k, "local_irq_save") ||
			    ctoken_is(ts, k, "local_irq_disable"))
				return true;
		}
	}
	return false;
}

/* Is the function called from the callbacks' paths alone? */
static bool only_in_graph(const struct plan *p, const struct cfunc *f)
{
	struct crefs refs = {0};
	bool only = true;

	cmodule_refs(p->mod, f, &refs);
	for (size_t i = 0; i < refs.n && only; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call)
			only = graph_node(p->graph, r->in) &&
			       (r->in == f || only_in_graph(p, r->in));
		else
			only = r->member && !strcmp(r->member, NDO_LEGACY);
	}
	crefs_free(&refs);
	return only;
}

/*
 * spin_lock() was enough while the core kept bottom halves off. With _bh, it
 * is just so again - provided that nobody gets here with interrupts off.
 */
static void find_plain_locks(struct unit *u, const struct node *n)
{
	const struct csource *src = n->f->src;
	struct plan *p = u->plan;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		if (!ctoken_is(&src->toks, i, "spin_lock") ||
		    !ctoken_is(&src->toks, i + 1, "("))
			continue;
		if (!only_in_graph(p, n->f) || uses_irqs(p->graph)) {
			char *lock = lock_name(&src->toks, i), *chain;
			bool shared = !lock || softirq_takes(p->mod, lock);

			if (!shared)
				plan_hazard(u, "H7", RULED_OUT, src, i,
					    "nothing that runs in softirq or "
					    "interrupt context takes %s", lock);
			free(lock);
			if (!shared)
				continue;
			chain = graph_chain(n);

			hold_doubt(u, "plain-lock", "H7", src, i,
				   "spin_lock() in %s, which others call, "
				   "too, or with interrupts off", chain);
			free(chain);
			continue;
		}
		hold_or_bh(u, n, i);
	}
}

/* A local variable or parameter: is there "w ... ;" declared in the body? */
static bool is_local(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;

	return !ctoken_is_member(ts, tok) &&
	       (ctoken_is_bound(ts, tok - 1) || ctoken_is(ts, tok - 1, "*") ||
		ctoken_is(ts, tok - 1, ")"));
}

/* Does the function put that parameter into something that lasts? */
static bool keeps_param(const struct cfunc *f, size_t param)
{
	const struct ctokens *ts = &f->src->toks;
	const char *name = param < f->param_count ? f->params[param].name :
						    NULL;

	for (size_t i = f->body; name && i < f->end; i++) {
		size_t start;

		if (!ctoken_is(ts, i, name) || !ctoken_is(ts, i - 1, "=") ||
		    !ctoken_is(ts, i + 1, ";"))
			continue;
		start = chain_start(ts, i - 2);
		if (start != i - 2)
			return true;
	}
	return false;
}

/* At "ha" or "ha->addr" from..to: does the pointer outlive the callback? */
static bool escapes(const struct plan *p, const struct node *n, size_t from,
		    size_t to)
{
	const struct ctokens *ts = &n->f->src->toks;
	size_t start;

	if (ctoken_is(ts, from - 1, "=") && ctoken_is(ts, to, ";")) {
		start = chain_start(ts, from - 2);
		return start != from - 2 || !is_local(n->f, start);
	}
	for (size_t i = 0; i < n->edge_count; i++) {
		const struct edge *e = &n->edges[i];

		for (size_t k = 0; k < e->args.n; k++)
			if (e->args.v[k].from == from && e->args.v[k].to == to &&
			    keeps_param(e->to->f, k))
				return true;
	}
	(void)p;
	return false;
}

void find_escapes(struct unit *u, const struct node *n,
		  const struct list_use *walk)
{
	const struct csource *src = n->f->src;
	const struct ctokens *ts = &src->toks;
	char *ha = ctoken_dup(ts, walk->tok + 2);

	for (size_t i = walk->to; i < n->f->end; i++) {
		size_t to = i + 1;

		if (!ctoken_is(ts, i, ha) || ctoken_is_member(ts, i))
			continue;
		if (ctoken_is(ts, i + 1, "->") && ctoken_is(ts, i + 2, "addr"))
			to = i + 3;
		else if (ctoken_is(ts, i + 1, "->"))
			continue;
		if (!ctoken_is(ts, to, "[") && escapes(u->plan, n, i, to))
			plan_refuse(u, "entry-escapes", "H21", src, i,
				    "%s() keeps a pointer into a list entry",
				    n->f->name);
	}
	free(ha);
}

static bool is_list_taker(const struct ctokens *ts, size_t i)
{
	static const char *const takers[] = {
		"netdev_hw_addr_list_for_each", "netdev_hw_addr_list_count",
		"netdev_hw_addr_list_empty", "__hw_addr_sync_dev",
	};

	return TOKEN_IN(ts, i, takers);
}

/* Is the variable or parameter given to nothing but list_takers? */
static bool only_read(const struct cfunc *f, const char *name)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(ts, i, name) && !ctoken_is_member(ts, i) &&
		    !ctoken_is(ts, i + 1, "=") &&
		    !is_list_taker(ts, ctokens_taker(ts, i)))
			return false;
	return true;
}

/*
 * May a whole list be given away at token tok ("&" stands before its device)?
 * To the core's accessors, to a local pointer or a function of the module that
 * give it to nothing else.
 */
static bool takes_list(const struct node *n, const struct list_use *use)
{
	const struct ctokens *ts = &n->f->src->toks;
	size_t amp = use->from - 1;

	if (is_list_taker(ts, ctokens_taker(ts, use->tok)))
		return true;
	if (ctoken_is(ts, amp - 1, "=") && ctoken_is(ts, amp - 3, "*") &&
	    ctoken_is(ts, amp - 4, "netdev_hw_addr_list")) {
		char *name = ctoken_dup(ts, amp - 2);
		bool only = only_read(n->f, name);

		free(name);
		return only;
	}
	for (size_t i = 0; i < n->edge_count; i++) {
		const struct edge *e = &n->edges[i];

		for (size_t k = 0; k < e->args.n && k < e->to->f->param_count;
		     k++)
			if (e->args.v[k].from == amp &&
			    e->args.v[k].to == use->tok + 1 &&
			    e->to->f->params[k].name)
				return only_read(e->to->f,
						 e->to->f->params[k].name);
	}
	return false;
}

static void look_at_use(struct unit *u, const struct node *n,
			const struct list_use *use)
{
	const struct csource *src = n->f->src;
	struct plan *p = u->plan;
	char *chain = graph_chain(n);

	switch (use->kind) {
	case USE_STACKED:
		plan_refuse(u, "stacked", "H19", src, use->tok,
			    "the list is synced to a lower device in %s", chain);
		break;
	case USE_CHANGE:
		plan_refuse(u, "changes-list", "H22", src, use->tok,
			    "a device's list is changed in %s", chain);
		break;
	case USE_UNSYNC:
	case USE_REF:
	case USE_ENTRY:
		plan_refuse(u, "ref-sync", "H20", src, use->tok,
			    "counts of list entries are worked on in %s",
			    chain);
		break;
	case USE_FIELD:
		plan_refuse(u, "list-escapes", "H22", src, use->tok,
			    "a list is used as a whole in %s", chain);
		break;
	case USE_ADDRESS:
		if (!takes_list(n, use) && !list_is_copied(u, n, use))
			plan_refuse(u, "list-escapes", "H22", src, use->tok,
				    "a list is handed on in %s", chain);
		break;
	case USE_TOLD:
		plan_hazard(u, "H1", RULED_OUT, src, use->tok,
			    "the live list is counted for a message alone in %s",
			    chain);
		break;
	case USE_WALK:
		find_escapes(u, n, use);
		break;
	default:
		break;
	}
	if (use->kind <= USE_ADDRESS && use->kind != USE_UNSYNC) {
		struct value v = graph_value(p->graph, n, use->from, use->to);

		if (v.kind != VALUE_DEV) {
			char *text = ctokens_text(&src->toks, use->from,
						  use->to);

			plan_refuse(u, "foreign-list", "H1", src, use->tok,
				    "'%s' in %s is not proved to be the "
				    "callback's own device", text, chain);
			free(text);
		}
	}
	free(chain);
}

void hazards_find(struct unit *u)
{
	const struct plan *p = u->plan;
	const struct graph *g = p->graph;

	for (size_t i = 0; i < g->count; i++) {
		const struct node *n = g->nodes[i];

		for (size_t k = 0; k < n->uses.n; k++)
			look_at_use(u, n, &n->uses.v[k]);
		find_signs(u, n);
		find_index_registers(u, n);
		find_register_updates(u, n);
		find_plain_locks(u, n);
	}
	find_address_lock(u);
	trials_find(u);
	foreign_find(u);
	hold_decide(u);
	ndo_calls_find(u);
	find_stale_comments(u);
	indirect_find(u);
	for (size_t i = 0; i < g->macros.n; i++)
		plan_refuse(u, "macro", "H1", g->macros.v[i].node->f->src,
			    g->macros.v[i].tok, "%s hides a list or a return",
			    g->macros.v[i].what);
}
