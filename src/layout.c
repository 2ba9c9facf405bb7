// SPDX-License-Identifier: GPL-2.0-only
#include "layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "kerneldoc.h"
#include "stale.h"
#include "tidy.h"
#include "trailing.h"
#include "wrap.h"

size_t layout_column(const char *text, size_t off)
{
	size_t bol = off, col = 0;

	while (bol && text[bol - 1] != '\n')
		bol--;
	for (; bol < off; bol++)
		col = text[bol] == '\t' ? (col / 8 + 1) * 8 : col + 1;
	return col;
}

char *layout_indent(size_t col)
{
	struct strbuf sb = {0};

	for (size_t i = 0; i < col / 8; i++)
		sb_addc(&sb, '\t');
	for (size_t i = 0; i < col % 8; i++)
		sb_addc(&sb, ' ');
	return sb_detach(&sb);
}

struct csource *layout_parse(const struct strbuf *text)
{
	struct strbuf copy = {0};

	sb_add(&copy, sb_str(text), text->len);
	return csource_parse("", &copy);
}

const struct layout_func *layout_find(const struct layout_func *funcs,
					   size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(funcs[i].name, name))
			return &funcs[i];
	return NULL;
}

size_t layout_end(const struct ctokens *ts, size_t i)
{
	return ts->v[i].off + ts->v[i].len;
}

bool layout_blank(const struct ctokens *ts, size_t i)
{
	const struct ctoken *t = &ts->v[i], *prev = t - 1;

	for (size_t k = layout_end(ts, i - 1); k < t->off; k++)
		if (!isspace((unsigned char)ts->text[k]))
			return false;
	return prev->kind != TOK_DIRECTIVE && ts->text[t->off] != '#';
}

void layout_gap(struct edits *es, const struct ctokens *ts, size_t i,
		char *text)
{
	if (layout_blank(ts, i) &&
	    (ts->v[i - 1].kind != TOK_STRING || strchr(text, '\n')))
		edit_add(es, layout_end(ts, i - 1), ts->v[i].off, text);
	else
		free(text);
}

/* Width of tokens from..to-1 on one line. */
static size_t width(const struct ctokens *ts, size_t from, size_t to)
{
	char *text = ctokens_text(ts, from, to);
	size_t n = strlen(text);

	free(text);
	return n;
}

/* "static void name(...)" so long that parameters do not fit behind it. */
static bool break_type(struct edits *es, const struct ctokens *ts,
		       const struct cfunc *f)
{
	size_t n = es->n;

	if (f->name_tok > f->start)
		layout_gap(es, ts, f->name_tok, xstrdup("\n"));
	return es->n > n;
}

/*
 * Places the last `added` items of a list in parentheses: behind the others
 * where they fit, else below the first one, each on a line of its own where
 * `each`. `shift` is how far the parenthesis moves to the left by another edit.
 */
static void place_items(struct edits *es, const struct ctokens *ts, size_t open,
			size_t added, bool each, size_t shift)
{
	size_t align = layout_column(ts->text, ts->v[open].off) + 1 - shift;
	size_t col, first, total = 0, tail;
	struct cargs args;
	bool split;

	cargs_read(&args, ts, open);
	if (args.n < added || args.n < 2 || !added) {
		cargs_free(&args);
		return;
	}
	first = args.n - added;
	tail = ctoken_is(ts, args.close + 1, ";") ? 2 : 1;
	col = layout_column(ts->text, layout_end(ts, args.v[first].from - 1));
	for (size_t i = first; i < args.n; i++)
		total += width(ts, args.v[i].from, args.v[i].to) + 2;
	split = each && col - shift + total - 1 + tail > LAYOUT_WIDTH;
	col -= shift;
	for (size_t i = first; i < args.n; i++) {
		size_t w = width(ts, args.v[i].from, args.v[i].to);
		size_t end = i + 1 < args.n ? 1 : tail;

		if (split || col + 1 + w + end > LAYOUT_WIDTH) {
			char *indent = layout_indent(align);

			layout_gap(es, ts, args.v[i].from,
				   xasprintf("\n%s", indent));
			free(indent);
			col = align + w + 1;
		} else {
			layout_gap(es, ts, args.v[i].from, xstrdup(" "));
			col += 1 + w + 1;
		}
	}
	cargs_free(&args);
}

static void place_params(struct edits *es, const struct ctokens *ts,
			 const struct cfunc *f, const struct layout_func *lf)
{
	size_t align = layout_column(ts->text, ts->v[f->open].off) + 1;
	size_t shift = 0, longest = 0, count;
	struct cargs args;

	cargs_read(&args, ts, f->open);
	for (size_t i = 0; i < args.n; i++) {
		size_t w = width(ts, args.v[i].from, args.v[i].to) + 2;

		longest = w > longest ? w : longest;
	}
	count = args.n;
	cargs_free(&args);
	if (align + longest > LAYOUT_WIDTH && break_type(es, ts, f))
		shift = layout_column(ts->text, ts->v[f->name_tok].off);
	/* Lines that were full are not, once the type is above them. */
	if ((shift && lf->added == 1) || lf->replaced)
		place_items(es, ts, f->open, count - 1, false, shift);
	else
		place_items(es, ts, f->open, lf->added, true, shift);
}

static void place_lists(struct strbuf *text, const struct layout_func *funcs,
			size_t count)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};

	for (size_t i = 0; i < src->func_count + src->proto_count; i++) {
		const struct cfunc *f =
			i < src->func_count ?
				&src->funcs[i] :
				&src->protos[i - src->func_count];
		const struct layout_func *lf = layout_find(funcs, count, f->name);

		if (lf)
			place_params(&es, ts, f, lf);
	}
	for (size_t i = 0; i < src->func_count; i++) {
		for (size_t k = src->funcs[i].body; k < src->funcs[i].end; k++) {
			const struct layout_func *lf;
			char *word;

			if (!ctoken_is_word(ts, k) ||
			    !ctoken_is(ts, k + 1, "(") ||
			    ctoken_is_member(ts, k))
				continue;
			word = ctoken_dup(ts, k);
			lf = layout_find(funcs, count, word);
			if (lf)
				place_items(&es, ts, k + 1, lf->added, false,
					    0);
			free(word);
		}
	}
	edits_apply(&es, text);
	csource_free(src);
}

/* Lines below the first keep their place under a parenthesis that moved. */
void layout_calls(struct strbuf *text, const char *name, const char *in)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};

	for (size_t i = 0; i + 1 < ts->n; i++) {
		size_t align;
		struct cargs args;
		const struct cfunc *f;

		if (!ctoken_is(ts, i, name) || !ctoken_is(ts, i + 1, "("))
			continue;
		f = csource_func_at(src, i);
		if (in && (!f || strcmp(f->name, in) || i < f->body))
			continue;
		align = layout_column(ts->text, ts->v[i + 1].off) + 1;
		cargs_read(&args, ts, i + 1);
		for (size_t k = 1; k < args.n; k++) {
			size_t tok = args.v[k].from;

			if (ts->v[tok].line > ts->v[tok - 1].line) {
				char *indent = layout_indent(align);

				layout_gap(&es, ts, tok,
					   xasprintf("\n%s", indent));
				free(indent);
			}
		}
		cargs_free(&args);
	}
	edits_apply(&es, text);
	csource_free(src);
}

static bool is_member(const struct ctokens *ts, size_t i, const char *name)
{
	return ctoken_is(ts, i, name) && ctoken_is(ts, i - 1, ".") &&
	       ctoken_is(ts, i + 1, "=");
}

/*
 * The token of the member in the old text's n-th assignment, be it legacy or
 * async; SIZE_MAX where there is none.
 */
static size_t nth_member(const struct ctokens *old, size_t nth)
{
	for (size_t i = 1; i + 2 < old->n; i++)
		if ((is_member(old, i, "ndo_set_rx_mode") ||
		     is_member(old, i, "ndo_set_rx_mode_async")) && !nth--)
			return i;
	return SIZE_MAX;
}

char *layout_fill(size_t a, size_t b, bool tabs)
{
	struct strbuf sb = {0};

	if (a >= b) {
		sb_addc(&sb, ' ');
		return sb_detach(&sb);
	}
	while (a < b) {
		size_t next = (a / 8 + 1) * 8;

		if (tabs && next <= b) {
			sb_addc(&sb, '\t');
			a = next;
		} else {
			sb_addc(&sb, ' ');
			a++;
		}
	}
	return sb_detach(&sb);
}

/* A value that stands in a column of its own behind "=" keeps that column. */
static void align_value(struct edits *es, const struct ctokens *ts, size_t i,
			const struct ctokens *was, size_t m)
{
	size_t eq = layout_column(was->text, was->v[m + 1].off);
	size_t end = layout_column(ts->text, layout_end(ts, i));

	if (was->text[was->v[m + 2].off - 1] != '\t')
		return;
	if (was->v[m + 1].off == layout_end(was, m))
		eq = end;
	else if (end >= eq)
		eq = end + 1;
	layout_gap(es, ts, i + 2,
		   layout_fill(eq + 1,
			       layout_column(was->text, was->v[m + 2].off),
			       true));
}

static void align_members(struct strbuf *text, const char *old, size_t old_len)
{
	struct ctokens was, ts;
	struct edits es = {0};
	size_t nth = 0;

	ctokens_read(&was, old, old_len, false);
	ctokens_read(&ts, sb_str(text), text->len, false);
	for (size_t i = 1; i + 2 < ts.n; i++) {
		size_t m, eq, end;

		if (!is_member(&ts, i, "ndo_set_rx_mode_async"))
			continue;
		m = nth_member(&was, nth++);
		if (m == SIZE_MAX)
			break;
		eq = was.v[m + 1].off;
		if (ctoken_is(&was, m, "ndo_set_rx_mode_async"))
			continue;
		align_value(&es, &ts, i, &was, m);
		if (eq == layout_end(&was, m))
			continue;
		end = layout_end(&ts, i);
		layout_gap(&es, &ts, i + 1,
			   layout_fill(layout_column(ts.text, end),
				       layout_column(old, eq),
				       memchr(old + layout_end(&was, m), '\t',
					      eq - layout_end(&was, m))));
	}
	edits_apply(&es, text);
	ctokens_free(&was);
	ctokens_free(&ts);
}

void layout_text(struct strbuf *text, const char *old, size_t old_len,
		 const struct layout_func *funcs, size_t count)
{
	place_lists(text, funcs, count);
	layout_calls(text, "__hw_addr_sync_dev", NULL);
	align_members(text, old, old_len);
	tidy_text(text, old, old_len, funcs, count);
	trailing_comments(text, old, old_len);
	wrap_long_lines(text, old, old_len);
	kerneldoc_follow(text, funcs, count);
	stale_follow(text, funcs, count);
	tidy_line_ends(text, old, old_len);
}
