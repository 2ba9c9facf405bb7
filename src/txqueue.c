// SPDX-License-Identifier: GPL-2.0-only
#include "txqueue.h"

#include <stdlib.h>
#include <string.h>

#include "hold.h"
#include "softirq.h"

static bool has_any(const struct graph *g, const char *const *words,
		    size_t count)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct cfunc *f = g->nodes[i]->f;

		for (size_t k = f->body; k < f->end; k++)
			if (token_in(&f->src->toks, k, words, count))
				return true;
	}
	return false;
}

/*
 * A queue that is stopped and stays so guards no section of the callback:
 * who starts it again does so elsewhere.
 */
static bool only_stops(const struct graph *g)
{
	static const char *const starts[] = {
		"netif_wake_queue", "netif_start_queue", "napi_enable",
		"netif_tx_wake_all_queues", "netif_tx_start_all_queues",
	};

	return !has_any(g, starts, ARRAY_SIZE(starts));
}

/* At a call that takes a lock with bottom halves or interrupts off. */
static bool takes_lock(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i, "spin_lock_irqsave") ||
	       ctoken_is(ts, i, "spin_lock_irq") ||
	       ctoken_is(ts, i, "spin_lock_bh");
}

/* The lock that the function holds at tok, or NULL; the caller frees it. */
static char *held_at(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	char *held = NULL;

	for (size_t i = f->body; i < tok; i++) {
		if (takes_lock(ts, i)) {
			free(held);
			held = lock_name(ts, i);
		} else if (ctoken_is(ts, i, "spin_unlock_irqrestore") ||
			   ctoken_is(ts, i, "spin_unlock_irq") ||
			   ctoken_is(ts, i, "spin_unlock_bh")) {
			free(held);
			held = NULL;
		}
	}
	return held;
}

char *held_on_path(const struct graph *g, const struct node *n, size_t tok)
{
	char *held = held_at(n->f, tok);
	const struct edge *only = NULL;
	size_t calls = 0;

	if (held || !n->from)
		return held;
	for (size_t i = 0; i < g->count; i++)
		for (size_t k = 0; k < g->nodes[i]->edge_count; k++)
			if (g->nodes[i]->edges[k].to == n) {
				calls++;
				if (g->nodes[i] == n->from)
					only = &g->nodes[i]->edges[k];
			}
	return calls == 1 && only ? held_on_path(g, n->from, only->tok) : NULL;
}

/* Does every ndo_start_xmit() of the module take that lock? */
static bool xmit_takes(const struct plan *p, const char *lock)
{
	struct cfuncs xmits = {0};
	bool all;

	cmodule_targets(p->mod, "ndo_start_xmit", &xmits);
	all = xmits.n > 0;
	for (size_t i = 0; i < xmits.n && all; i++) {
		const struct cfunc *f = xmits.v[i];
		const struct ctokens *ts = &f->src->toks;
		bool takes = false;

		for (size_t k = f->body; k < f->end && !takes; k++) {
			char *name = takes_lock(ts, k) ||
						     ctoken_is(ts, k,
							       "spin_lock") ?
					     lock_name(ts, k) :
					     NULL;

			takes = name && !strcmp(name, lock);
			free(name);
		}
		all = takes;
	}
	free(xmits.v);
	return all;
}

bool queues_are_safe(struct unit *u, const struct node *n, size_t tok,
		     const char *what)
{
	const struct plan *p = u->plan;
	char *lock = held_on_path(p->graph, n, tok);
	bool safe = true;

	if (lock && xmit_takes(p, lock))
		plan_hazard(u, "H9", RULED_OUT, n->f->src, tok,
			    "%s, under %s, which ndo_start_xmit() takes, too",
			    what, lock);
	else if (only_stops(p->graph))
		plan_hazard(u, "H9", RULED_OUT, n->f->src, tok,
			    "%s, and nothing on the path starts it again: it "
			    "guards no section here", what);
	else
		safe = false;
	free(lock);
	return safe;
}

/* Names that drivers give to such registers and to what sets them. */
static bool is_index(const struct ctokens *ts, size_t i)
{
	static const char *const parts[] = {
		"selectpage", "select_page", "set_page", "selectbank",
		"select_bank", "set_bank", "setwindow", "set_window",
		"el3window", "window_set",
	};
	static const char *const words[] = {
		"AREG", "REGA", "RAP", "rap", "LANCE_RAP", "PAGESELECT",
	};
	bool is = TOKEN_IN(ts, i, words);
	char *w;

	if (!ctoken_is_word(ts, i))
		return false;
	w = ctoken_dup(ts, i);
	for (size_t k = 0; k < ARRAY_SIZE(parts) && !is; k++)
		is = strcasestr(w, parts[k]);
	free(w);
	return is;
}

void find_index_registers(struct unit *u, const struct node *n)
{
	const struct plan *p = u->plan;
	const struct ctokens *ts = &n->f->src->toks;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		char *lock, *word;

		if (!is_index(ts, i))
			continue;
		lock = held_on_path(p->graph, n, i);
		word = ctoken_dup(ts, i);
		if (!lock && softirq_uses(p->mod, word)) {
			hold_doubt(u, "index-register", "H8", n->f->src, i,
				   "%s() sets %s without a lock; transmit or "
				   "a timer sets it, too", n->f->name, word);
			i = n->f->end;
		}
		free(lock);
		free(word);
	}
}
