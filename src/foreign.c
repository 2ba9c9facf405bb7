// SPDX-License-Identifier: GPL-2.0-only
#include "foreign.h"

#include <stdlib.h>

#include "neighbours.h"
#include "plan.h"

/* Do the sources beside the module's set the member, to nothing with a list? */
static bool is_set_beside(const struct cmodule *mod, const char *member)
{
	struct cmodule *all = neighbours_read(mod, member);
	struct graph *g = graph_new(all);
	struct cfuncs targets = {0};
	bool harmless;

	cmodule_targets(all, member, &targets);
	harmless = targets.n > 0;
	for (size_t i = 0; i < targets.n && harmless; i++) {
		const struct cfunc *f = targets.v[i];

		harmless = !graph_range_uses_lists(g, f->src, f->body, f->end);
	}
	free(targets.v);
	graph_free(g);
	cmodule_free(all);
	return harmless;
}

void foreign_find(struct unit *u)
{
	struct plan *p = u->plan;
	const struct graph *g = p->graph;

	for (size_t i = 0; i < g->foreign.n; i++) {
		const struct remark *r = &g->foreign.v[i];
		const struct ctokens *ts = &r->node->f->src->toks;
		/* "op(...)" or "(*x->op)(...)" */
		size_t open = r->tok + (ctoken_is(ts, r->tok + 1, "(") ? 1 : 2);
		struct cargs args;
		bool given = false;

		cargs_read(&args, ts, open);
		for (size_t k = 0; k < args.n; k++) {
			struct value v = graph_value(g, r->node, args.v[k].from,
						     args.v[k].to);

			given |= v.kind == VALUE_DEV || v.kind == VALUE_PRIV;
		}
		cargs_free(&args);
		if (given && ctoken_is_member(ts, r->tok))
			given = !is_set_beside(g->mod, r->what);
		else if (given)
			sv_add_once(&p->wanted, r->what);
		if (given)
			plan_refuse(u, "other-module", "H1", r->node->f->src,
				    r->tok, "%s() of another module is given "
				    "the device", r->what);
	}
}
