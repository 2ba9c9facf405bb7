// SPDX-License-Identifier: GPL-2.0-only
#include "trial.h"

#include <stdlib.h>
#include <string.h>

/* At a call of the function: its arguments, else NULL. */
static char *args_at(const struct ctokens *ts, size_t i, const char *name)
{
	struct cargs args;
	char *text;

	if (!ctoken_is(ts, i, name) || !ctoken_is(ts, i + 1, "("))
		return NULL;
	cargs_read(&args, ts, i + 1);
	text = ctokens_text(ts, i + 2, args.close);
	cargs_free(&args);
	return text;
}

/* Is the same address removed behind token i, not as its alternative? */
static bool is_removed(const struct cfunc *f, size_t i, const char *del,
		       const char *text)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;

	for (; i < f->end; i++) {
		char *removed = args_at(ts, i, del);
		bool same = removed && !strcmp(removed, text);

		free(removed);
		if (same)
			return true;
		if (ctoken_is(ts, i, "{"))
			level++;
		else if (ctoken_is(ts, i, "}") && level)
			level--;
		/* What follows a plain return is for errors. */
		if (ctoken_is(ts, i, "else") || ctoken_is(ts, i, "case") ||
		    ctoken_is(ts, i, "default") ||
		    (!level && ctoken_is(ts, i, "return") &&
		     !ctoken_is(ts, i - 1, ")")))
			return false;
	}
	return false;
}

static void look_at(struct unit *u, const struct csource *src, size_t i)
{
	static const struct {
		const char *add, *del;
	} lists[] = {
		{"dev_uc_add", "dev_uc_del"},
		{"dev_mc_add", "dev_mc_del"},
	};

	for (size_t k = 0; k < ARRAY_SIZE(lists); k++) {
		char *text = args_at(&src->toks, i, lists[k].add);
		const struct cfunc *f = text ? csource_func_at(src, i) : NULL;

		if (f && is_removed(f, i, lists[k].del, text))
			plan_refuse(u, "filter-trial", "H24", src, i,
				    "%s() adds an address and takes it away "
				    "again: in between, the filter would not "
				    "be set", f->name);
		free(text);
	}
}

void trials_find(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i + 1 < src->toks.n; i++)
			look_at(u, src, i);
	}
}
