// SPDX-License-Identifier: GPL-2.0-only
#include "structof.h"

#include <stdlib.h>
#include <string.h>

/* The tag in "struct TAG *word" or "struct TAG word" at the word, or 0. */
static size_t declared_tag(const struct ctokens *ts, size_t i)
{
	size_t t = i;

	while (t && ctoken_is(ts, t - 1, "*"))
		t--;
	return t > 1 && ctoken_is_word(ts, t - 1) &&
			       ctoken_is(ts, t - 2, "struct") ?
		       t - 1 :
		       0;
}

/* In the parameters and the body of the function. */
static char *local_tag(const struct ctokens *ts, const struct cfunc *f,
		       const char *name)
{
	for (size_t i = f->open; i < f->end; i++)
		if (ctoken_is(ts, i, name) && declared_tag(ts, i))
			return ctoken_dup(ts, declared_tag(ts, i));
	return NULL;
}

/* As a member of whatever struct: NULL where two say different things. */
static char *member_tag(const struct cmodule *mod, const char *name)
{
	char *tag = NULL;

	for (size_t s = 0; s < mod->count; s++) {
		const struct ctokens *ts = &mod->sources[s]->toks;

		for (size_t i = 2; i + 1 < ts->n; i++) {
			size_t t;

			if (!ctoken_is(ts, i, name) ||
			    !(ctoken_is(ts, i + 1, ";") ||
			      ctoken_is(ts, i + 1, "[")) ||
			    !(t = declared_tag(ts, i)))
				continue;
			if (tag && !ctoken_is(ts, t, tag)) {
				free(tag);
				return NULL;
			}
			if (!tag)
				tag = ctoken_dup(ts, t);
		}
	}
	return tag;
}

char *struct_of_member(const struct cmodule *mod, const struct csource *src,
		       size_t tok)
{
	const struct ctokens *ts = &src->toks;
	const struct cfunc *f = csource_func_at(src, tok);
	size_t base;
	char *name, *tag;

	if (!ctoken_is_member(ts, tok))
		return xstrdup("");
	base = tok - 2;
	if (ctoken_is(ts, base, "]"))
		while (base && !ctoken_is(ts, base + 1, "["))
			base--;
	if (!f || !base || !ctoken_is_word(ts, base))
		return NULL;
	name = ctoken_dup(ts, base);
	if (ctoken_is_member(ts, base))
		tag = member_tag(mod, name);
	else
		tag = local_tag(ts, f, name);
	free(name);
	return tag;
}

bool struct_of_may_be(const char *a, const char *b)
{
	return !a || !b || !strcmp(a, b);
}
