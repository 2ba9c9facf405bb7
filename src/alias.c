// SPDX-License-Identifier: GPL-2.0-only
#include "alias.h"

#include <stdlib.h>

/* "struct netdev_hw_addr_list *var = &dev->mc;": the token of var, or 0. */
static size_t declared(const struct ctokens *ts, const struct list_use *use)
{
	size_t var = use->from - 3;

	return use->kind == USE_ADDRESS && use->from > 6 &&
			       ctoken_is(ts, use->from - 1, "&") &&
			       ctoken_is(ts, use->from - 2, "=") &&
			       ctoken_is_word(ts, var) &&
			       ctoken_is(ts, var - 1, "*") &&
			       ctoken_is(ts, var - 2, "netdev_hw_addr_list") &&
			       ctoken_is(ts, var - 3, "struct") &&
			       ctoken_is(ts, use->tok + 1, ";") ?
		       var :
		       0;
}

char *alias_of(const struct plan *p, const struct plan_func *pf,
	       const struct list_use *use)
{
	const struct cfunc *f = pf->node->f;
	const struct ctokens *ts = &f->src->toks;
	size_t var = declared(ts, use);
	bool only = var > 0;
	char *name;

	if (!var)
		return NULL;
	name = ctoken_dup(ts, var);
	for (size_t i = f->body; i < f->end && only; i++)
		only = ts->v[i].kind != TOK_DIRECTIVE &&
		       (i == var || !ctoken_is(ts, i, name) ||
			ctoken_is(ts, i - 1, "->") ||
			ctoken_is(ts, i - 1, ".") ||
			(!ctoken_is(ts, i + 1, "=") &&
			 !ctoken_is(ts, i - 1, "&") &&
			 !ctoken_is(ts, i - 1, "*")));
	if (only && !replace_in_macros(p, f, name))
		return name;
	free(name);
	return NULL;
}
