// SPDX-License-Identifier: GPL-2.0-only
/* Hazards of those who call into the callbacks' paths: H3, H5 and H6. */
#include "callers.h"

#include <stdlib.h>

#include "context.h"

/* The first spin lock that the function takes by its own, or 0. */
static size_t lock_in(const struct cfunc *f)
{
	static const char *const words[] = {
		"spin_lock", "raw_spin_lock", "read_lock", "write_lock",
	};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (ctoken_begins(ts, i, words[k]) &&
			    ctoken_is(ts, i + 1, "("))
				return i;
	return 0;
}

/* The first spin lock that the node or what it calls takes, as a place. */
static char *lock_below(const struct plan *p, const struct node *n)
{
	const struct node **all;
	size_t count = graph_below(p->graph, n, &all), tok = 0;
	char *place = NULL;

	for (size_t i = 0; i < count && !tok; i++) {
		tok = lock_in(all[i]->f);
		if (tok)
			place = csource_place(all[i]->f->src, tok);
	}
	free(all);
	return place;
}

/*
 * The address lock is the outer one: it is taken around a call only where no
 * spinning lock is held, and what the callee takes comes inside it, as when the
 * core held it.
 */
static void note_order(struct unit *u, const struct plan_call *c)
{
	const struct plan *p = u->plan;
	size_t tok = context_lock_at(p->mod, c->in, c->tok);
	char *place;

	if (c->lock) {
		place = lock_below(p, c->callee->node);
		if (place)
			plan_hazard(u, "H6", RULED_OUT, c->in->src, c->tok,
				    "no spin lock is held where the address "
				    "lock is taken, it stays outside that of "
				    "%s", place);
	} else if (tok && !c->has_lock) {
		place = csource_place(c->in->src, tok);
		plan_hazard(u, "H6", RULED_OUT, c->in->src, c->tok,
			    "a lock may be held since %s: the address lock is "
			    "not taken inside it", place);
	} else {
		return;
	}
	free(place);
}

void callers_note(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->call_count; i++) {
		const struct plan_call *c = &p->calls[i];
		const char *name = c->fn;
		bool process = c->context == CONTEXT_PROCESS;

		/* Where no list is read, there is nothing to lock. */
		if (!c->why || !c->callee->node->reads)
			continue;
		if (c->context == CONTEXT_ATOMIC)
			plan_hazard(u, "H5", OPEN, c->in->src, c->tok,
				    "%s() may be called in atomic context "
				    "(%s): it must go on not sleeping", name,
				    c->why);
		if (c->lock)
			plan_hazard(u, "H3", MENDED, c->in->src, c->tok,
				    "%s() calls %s(): the address lock is "
				    "taken around it (%s)", c->in->name, name,
				    c->why);
		else if (c->has_lock)
			plan_hazard(u, "H3", RULED_OUT, c->in->src, c->tok,
				    "%s() holds the address lock where it "
				    "calls %s()", c->in->name, name);
		else
			plan_hazard(u, "H3", OPEN, c->in->src, c->tok,
				    "%s() calls %s() with the real lists, "
				    "unlocked as before%s%s", c->in->name,
				    name, process ? "" : ": ",
				    process ? "" : c->why);
		note_order(u, c);
	}
}
