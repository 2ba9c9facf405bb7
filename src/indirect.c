// SPDX-License-Identifier: GPL-2.0-only
#include "indirect.h"

#include <stdlib.h>
#include <string.h>

#include "plan.h"

/* Why a function that is passed to another one was not followed. */
static char *why_passed(const struct remark *r)
{
	const struct ctokens *ts = &r->node->f->src->toks;
	size_t call = ctokens_taker(ts, r->tok);
	char *name, *why;

	if (!call || !ctoken_is_word(ts, call) || ctoken_is_member(ts, r->tok))
		return xstrdup("");
	name = ctoken_dup(ts, call);
	why = xasprintf(": %s() calls it%s", name,
			!strcmp(name, "__dev_uc_sync") ||
					!strcmp(name, "__dev_mc_sync") ?
				", with no list; the live one may have entries "
				"that the snapshot has lost" :
				"");
	free(name);
	return why;
}

/* Why the member at the token was not followed; the caller frees it. */
static char *why_not_followed(const struct graph *g, const struct remark *r)
{
	for (size_t i = 0; i < g->member_count; i++) {
		const struct member *m = g->members[i];
		char *place, *text;

		if (!m->why || !ctoken_is(&r->node->f->src->toks, r->tok,
					  m->name))
			continue;
		if (!m->why_src)
			return xasprintf(": %s", m->why);
		place = csource_place(m->why_src, m->why_tok);
		text = xasprintf(": %s (%s)", m->why, place);
		free(place);
		return text;
	}
	return why_passed(r);
}

/*
 * Is it what a list is synced by, and does it hand the addresses on to the list
 * of a device? That is how devices are stacked, too.
 */
static bool hands_on(const struct graph *g, const struct remark *r)
{
	const struct csource *src = r->node->f->src;
	const struct cfunc *f = cmodule_func(g->mod, src, r->what);
	struct list_uses uses = {0};
	bool syncs = false, changes = false;

	for (size_t i = 0; i < r->node->uses.n && !syncs; i++) {
		const struct list_use *use = &r->node->uses.v[i];

		syncs = use->kind == USE_SYNC && r->tok > use->tok &&
			r->tok < ctokens_match(&src->toks, use->tok + 1,
					       r->node->f->end);
	}
	if (!syncs || !f)
		return false;
	list_uses_read(&uses, g->mod, f->src, f->body, f->end);
	for (size_t i = 0; i < uses.n; i++)
		changes |= uses.v[i].kind == USE_CHANGE;
	list_uses_free(&uses);
	return changes;
}

void indirect_find(struct unit *u)
{
	const struct graph *g = ((struct plan *)u->plan)->graph;

	for (size_t i = 0; i < g->indirect.n; i++) {
		const struct remark *r = &g->indirect.v[i];
		char *why;

		if (hands_on(g, r)) {
			plan_refuse(u, "stacked", "H19", r->node->f->src,
				    r->tok, "%s() adds the addresses to the "
				    "list of another device", r->what);
			continue;
		}
		why = why_not_followed(g, r);
		plan_refuse(u, "ops-table", "H1", r->node->f->src, r->tok,
			    "the lists are used in %s(), which is called "
			    "through a pointer%s", r->what, why);
		free(why);
	}
}
