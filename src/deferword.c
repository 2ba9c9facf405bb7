// SPDX-License-Identifier: GPL-2.0-only
#include "deferword.h"

bool stands_alone(const struct ctokens *ts, size_t from, size_t to)
{
	if (!ctoken_is(ts, to, ";") ||
	    (!ctoken_is_bound(ts, from - 1) && !ctoken_is(ts, from - 1, ":")))
		return false;
	/* A block that it fills, a label that it ends. */
	return !(ctoken_is(ts, to + 1, "}") &&
		 (ctoken_is(ts, from - 1, "{") ||
		  ctoken_is(ts, from - 1, ":")));
}

bool is_pointer_to(const struct cfunc *f, const char *var,
			  const char *tag)
{
	const struct ctokens *ts = &f->src->toks;
	bool found = false;

	for (size_t i = f->open; i < f->end; i++) {
		if (!ctoken_is(ts, i, var) || !ctoken_is(ts, i - 1, "*") ||
		    !ctoken_is_word(ts, i - 2) ||
		    ctoken_is(ts, i - 2, "return"))
			continue;
		if (!ctoken_is(ts, i - 2, tag) ||
		    !ctoken_is(ts, i - 3, "struct"))
			return false;
		found = true;
	}
	return found;
}

bool leaves_unused(const struct cfunc *f, const char *var, size_t from,
		   size_t to)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		if ((i < from || i >= to) && ctoken_is(ts, i, var) &&
		    !ctoken_is_member(ts, i) && !ctoken_is(ts, i - 1, "*") &&
		    !ctoken_is(ts, i + 1, "="))
			return false;
	return true;
}

bool read_work(const struct ctokens *ts, size_t from, size_t to,
		      char **var, char **field)
{
	if (to != from + 4 || !ctoken_is(ts, from, "&") ||
	    !ctoken_is_word(ts, from + 1) || !ctoken_is(ts, from + 2, "->") ||
	    !ctoken_is_word(ts, from + 3))
		return false;
	*var = ctoken_dup(ts, from + 1);
	*field = ctoken_dup(ts, from + 3);
	return true;
}
