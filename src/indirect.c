// SPDX-License-Identifier: GPL-2.0-only
#include "indirect.h"

#include <stdlib.h>

#include "plan.h"

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
	return xstrdup("");
}

void indirect_find(struct unit *u)
{
	const struct graph *g = ((struct plan *)u->plan)->graph;

	for (size_t i = 0; i < g->indirect_count; i++) {
		const struct remark *r = &g->indirect[i];
		char *why = why_not_followed(g, r);

		plan_refuse(u, "ops-table", "H1", r->node->f->src, r->tok,
			    "the lists are used in %s(), which is called "
			    "through a pointer%s", r->what, why);
		free(why);
	}
}
