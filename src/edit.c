// SPDX-License-Identifier: GPL-2.0-only
#include "edit.h"

#include <stdlib.h>
#include <string.h>

void edit_add(struct edits *es, size_t from, size_t to, char *text)
{
	for (size_t i = 0; i < es->n; i++)
		if (from < es->v[i].to && es->v[i].from < to) {
			free(text);
			return;
		}
	GROW(es->v, es->n, es->cap);
	es->v[es->n++] = (struct edit){from, to, text};
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

bool edits_apply(struct edits *es, struct strbuf *text)
{
	struct strbuf out = {0};
	size_t at = 0;
	bool any = es->n > 0;

	if (any)
		qsort(es->v, es->n, sizeof(*es->v), compare_edits);
	for (size_t i = 0; i < es->n; i++) {
		sb_add(&out, text->buf + at, es->v[i].from - at);
		sb_adds(&out, es->v[i].text);
		at = es->v[i].to;
		free(es->v[i].text);
	}
	if (any) {
		sb_add(&out, text->buf + at, text->len - at);
		sb_free(text);
		*text = out;
	}
	free(es->v);
	*es = (struct edits){0};
	return any;
}
