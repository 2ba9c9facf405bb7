// SPDX-License-Identifier: GPL-2.0-only
#include "edit.h"

#include <stdlib.h>

void edit_add(struct edits *es, size_t from, size_t to, char *text)
{
	size_t at;

	for (size_t i = 0; i < es->n; i++)
		if (from < es->v[i].to && es->v[i].from < to) {
			free(text);
			return;
		}
	GROW(es->v, es->n, es->cap);
	/* By place, what is only put in first; else in the order of coming. */
	for (at = es->n++; at; at--) {
		const struct edit *e = &es->v[at - 1];

		if (e->from < from || (e->from == from && e->to <= to))
			break;
		es->v[at] = *e;
	}
	es->v[at] = (struct edit){from, to, text};
}

void edits_forget(struct edits *es)
{
	for (size_t i = 0; i < es->n; i++)
		free(es->v[i].text);
	free(es->v);
	*es = (struct edits){0};
}

bool edits_apply(struct edits *es, struct strbuf *text)
{
	struct strbuf out = {0};
	size_t at = 0;
	bool any = es->n > 0;

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
