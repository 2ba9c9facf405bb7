// SPDX-License-Identifier: GPL-2.0-only
#include "samename.h"

#include <string.h>

#include "plan.h"

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static bool same_change(const struct plan_func *a, const struct plan_func *b)
{
	return a->lists == b->lists && a->read_only == b->read_only &&
	       a->node->is_callback == b->node->is_callback &&
	       same_text(a->uc, b->uc) && same_text(a->mc, b->mc);
}

/* Calls that one rule would rewrite, to different ends? */
static bool calls_clash(const struct plan_call *a, const struct plan_call *b)
{
	return a->in != b->in && !strcmp(a->in->name, b->in->name) &&
	       !strcmp(a->fn, b->fn) && !strcmp(a->args, b->args) &&
	       strcmp(a->more, b->more) != 0;
}

static void check_calls(struct unit *u, size_t n)
{
	const struct plan *p = u->plan;
	const struct plan_call *b = &p->calls[n];

	for (size_t k = 0; k < n; k++)
		if (calls_clash(&p->calls[k], b))
			plan_refuse(u, "same-name", NULL, b->in->src, b->tok,
				    "another %s() of the module, in %s, has "
				    "other lists for %s()", b->in->name,
				    p->calls[k].in->src->path, b->fn);
}

static void check_functions(struct unit *u, size_t n)
{
	const struct plan *p = u->plan;
	const struct cfunc *f = p->funcs[n].node->f;

	for (size_t k = 0; k < n; k++) {
		const struct cfunc *other = p->funcs[k].node->f;

		if (!strcmp(other->name, f->name) &&
		    !same_change(&p->funcs[k], &p->funcs[n]))
			plan_refuse(u, "same-name", NULL, f->src, f->name_tok,
				    "another %s() of the module, in %s, gets "
				    "other lists", f->name, other->src->path);
	}
}

void same_names_check(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->func_count; i++)
		check_functions(u, i);
	for (size_t i = 0; i < p->call_count; i++)
		check_calls(u, i);
}
