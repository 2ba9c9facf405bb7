// SPDX-License-Identifier: GPL-2.0-only
/* Callbacks that end by calling another one: they return what that returns. */
#include "plan.h"

/* Is the call a statement, and the last one of its function? */
static bool is_last(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t close = ctokens_match(ts, tok + 1, ts->n);

	return ctoken_is(ts, close + 1, ";") && close + 2 == f->end &&
	       (ctoken_is(ts, tok - 1, ";") || ctoken_is(ts, tok - 1, "{") ||
		ctoken_is(ts, tok - 1, "}"));
}

void last_calls(struct plan *p)
{
	for (size_t i = 0; i < p->call_count; i++) {
		struct plan_call *c = &p->calls[i];
		const struct plan_func *caller = plan_func_of(p, c->in);

		c->returned = caller && caller->node->is_callback && !p->held &&
			      c->callee->node->is_callback && !c->via &&
			      is_last(c->in, c->tok);
	}
}
