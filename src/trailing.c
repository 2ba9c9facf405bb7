// SPDX-License-Identifier: GPL-2.0-only
#include "trailing.h"

#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "layout.h"
#include "linediff.h"

/* Both texts with their comments, and which lines of them are new or gone. */
struct both {
	struct ctokens was, ts;
	struct linediff d;
	bool *gone;		/* for each old line */
	bool *taken;		/* for each old token: its comment was found */
};

static void both_read(struct both *b, const struct strbuf *text,
		      const char *old, size_t old_len)
{
	linediff_read(&b->d, old, old_len, sb_str(text), text->len);
	ctokens_read(&b->was, old, old_len, true);
	ctokens_read(&b->ts, sb_str(text), text->len, true);
	b->gone = xcalloc(b->d.old_lines + 1, sizeof(*b->gone));
	b->taken = xcalloc(b->was.n + 1, sizeof(*b->taken));
	memset(b->gone, true, b->d.old_lines);
	for (size_t i = 0; i < b->d.new_lines; i++)
		if (b->d.old_of[i] >= 0)
			b->gone[b->d.old_of[i]] = false;
}

static void both_free(struct both *b)
{
	free(b->gone);
	free(b->taken);
	ctokens_free(&b->was);
	ctokens_free(&b->ts);
	linediff_free(&b->d);
}

/* A comment on one line, behind something and with nothing behind it. */
static bool is_trailing(const struct ctokens *ts, size_t i)
{
	const struct ctoken *t = &ts->v[i];

	return i && t->kind == TOK_COMMENT && t[-1].line == t->line &&
	       t[-1].kind != TOK_DIRECTIVE && t[-1].kind != TOK_COMMENT &&
	       (i + 1 == ts->n || t[1].line > t->line) &&
	       !memchr(ts->text + t->off, '\n', t->len);
}

/* The comment where it was: the next one of that text on a line that is gone. */
static size_t find_old(struct both *b, size_t i)
{
	const struct ctoken *t = &b->ts.v[i];

	for (size_t k = 1; k < b->was.n; k++) {
		const struct ctoken *o = &b->was.v[k];

		if (o->len != t->len || b->taken[k] ||
		    !is_trailing(&b->was, k) || o->line > b->d.old_lines ||
		    !b->gone[o->line - 1] ||
		    memcmp(b->was.text + o->off, b->ts.text + t->off, t->len))
			continue;
		b->taken[k] = true;
		return k;
	}
	return SIZE_MAX;
}

/* The first token of i's line, if a statement begins with it; or 0. */
static size_t statement_start(const struct ctokens *ts, size_t i)
{
	static const char *const before[] = {";", "{", "}", ")", "else", ":"};
	size_t first = i, prev;

	while (first && ts->v[first - 1].line == ts->v[i].line)
		first--;
	if (!first || ctoken_is(ts, first, "}"))
		return 0;
	for (prev = first - 1; prev && ts->v[prev].kind == TOK_COMMENT;)
		prev--;
	for (size_t k = 0; k < ARRAY_SIZE(before); k++)
		if (ctoken_is(ts, prev, before[k]))
			return first;
	return 0;
}

static void move_above(struct edits *es, const struct ctokens *ts, size_t i,
		       size_t first)
{
	char *comment = ctoken_dup(ts, i);
	char *indent = layout_indent(layout_column(ts->text, ts->v[first].off));

	edit_add(es, ts->v[first].off, ts->v[first].off,
		 xasprintf("%s\n%s", comment, indent));
	edit_add(es, layout_end(ts, i - 1), layout_end(ts, i), xstrdup(""));
	free(indent);
	free(comment);
}

static void place(struct both *b, struct edits *es, size_t i, size_t was)
{
	const struct ctokens *ts = &b->ts;
	const struct ctoken *t = &ts->v[i];
	size_t wanted = layout_column(b->was.text, b->was.v[was].off);
	size_t end = layout_column(ts->text, layout_end(ts, i - 1));
	size_t from = layout_end(&b->was, was - 1), first;
	bool tabs = memchr(b->was.text + from, '\t',
			   b->was.v[was].off - from);
	bool was_long = wanted + t->len > LAYOUT_WIDTH;

	if (end >= wanted)
		wanted = tabs ? end / 8 * 8 + 8 : end + 1;
	if (!was_long && wanted + t->len > LAYOUT_WIDTH) {
		wanted = end + 1;
		tabs = false;
	}
	first = statement_start(ts, i);
	if (!was_long && wanted + t->len > LAYOUT_WIDTH && first &&
	    layout_column(ts->text, ts->v[first].off) + t->len <= LAYOUT_WIDTH)
		move_above(es, ts, i, first);
	else
		edit_add(es, layout_end(ts, i - 1), t->off,
			 layout_fill(end, wanted, tabs));
}

void trailing_comments(struct strbuf *text, const char *old, size_t old_len)
{
	struct edits es = {0};
	struct both b = {0};

	both_read(&b, text, old, old_len);
	for (size_t i = 1; i < b.ts.n; i++) {
		const struct ctoken *t = &b.ts.v[i];
		size_t was;

		if (t->line > b.d.new_lines || b.d.old_of[t->line - 1] >= 0 ||
		    !is_trailing(&b.ts, i))
			continue;
		was = find_old(&b, i);
		if (was != SIZE_MAX)
			place(&b, &es, i, was);
	}
	edits_apply(&es, text);
	both_free(&b);
}
