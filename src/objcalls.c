// SPDX-License-Identifier: GPL-2.0-only
#include "objcalls.h"

#include <stdlib.h>
#include <string.h>

/* A word that is called, or whose address goes somewhere. */
static bool names_function(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) && !ctoken_is_member(ts, i);
}

void objcalls_add(struct objcalls *c, const struct csource *src)
{
	for (size_t i = 0; i < src->func_count; i++) {
		const struct cfunc *f = &src->funcs[i];
		struct objcaller *to;

		GROW(c->v, c->n, c->cap);
		to = &c->v[c->n++];
		*to = (struct objcaller){.name = xstrdup(f->name)};
		for (size_t k = f->body + 1; k < f->end; k++) {
			char *word;

			if (!names_function(&src->toks, k))
				continue;
			word = ctoken_dup(&src->toks, k);
			sv_add(&to->callees, word);
			free(word);
		}
	}
}

void objcalls_free(struct objcalls *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].name);
		sv_free(&c->v[i].callees);
	}
	free(c->v);
	*c = (struct objcalls){0};
}

const struct objcaller *objcalls_find(const struct objcalls *c,
				      const char *name,
				      const struct objcaller *after)
{
	for (size_t i = after ? (size_t)(after - c->v) + 1 : 0; i < c->n; i++)
		if (!strcmp(c->v[i].name, name))
			return &c->v[i];
	return NULL;
}

size_t objcaller_count(const struct objcaller *caller, const char *callee)
{
	size_t n = 0;

	for (size_t i = 0; i < caller->callees.n; i++)
		n += !strcmp(caller->callees.v[i], callee);
	return n;
}
