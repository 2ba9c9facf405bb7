// SPDX-License-Identifier: GPL-2.0-only
#include "tidy.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "linediff.h"

/* A new line in front of the token where it has none yet. */
static void on_own_line(struct edits *es, const struct ctokens *ts, size_t i,
			size_t col)
{
	char *indent;

	if (ts->v[i].line != ts->v[i - 1].line)
		return;
	indent = layout_indent(col);
	layout_gap(es, ts, i, xasprintf("\n%s", indent));
	free(indent);
}

/* A body that stood on its header's line is opened up. */
static void open_bodies(struct strbuf *text, const struct layout_func *funcs,
			size_t count)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};

	for (size_t i = 0; i < src->func_count; i++) {
		const struct cfunc *f = &src->funcs[i];

		if (!layout_find(funcs, count, f->name) ||
		    ts->v[f->body].line != ts->v[f->body - 1].line)
			continue;
		on_own_line(&es, ts, f->body, 0);
		if (f->end > f->body + 1)
			on_own_line(&es, ts, f->body + 1, 8);
		on_own_line(&es, ts, f->end, 0);
	}
	edits_apply(&es, text);
	csource_free(src);
}

/*
 * Where a walk is the whole branch of a condition or of another walk, spatch
 * puts braces around it, and the first one badly: it belongs behind the
 * condition.
 */
static void place_braces(struct strbuf *text)
{
	struct ctokens ts;
	struct edits es = {0};

	ctokens_read(&ts, sb_str(text), text->len, false);
	for (size_t i = 1; i + 1 < ts.n; i++) {
		size_t col, n = es.n;
		char *indent;

		if (!ctoken_is(&ts, i, "{") ||
		    !ctoken_is(&ts, i + 1, "netdev_hw_addr_list_for_each") ||
		    ts.v[i + 1].off != layout_end(&ts, i))
			continue;
		col = layout_column(ts.text, ts.v[i].off) + 8;
		layout_gap(&es, &ts, i, xstrdup(" "));
		if (es.n == n)
			continue;
		indent = layout_indent(col);
		edit_add(&es, layout_end(&ts, i), layout_end(&ts, i),
			 xasprintf("\n%s", indent));
		free(indent);
	}
	edits_apply(&es, text);
	ctokens_free(&ts);
}

/* Bytes of the blanks and newlines in front of `at`. */
static size_t space_before(const char *text, size_t at)
{
	size_t from = at;

	while (from && isspace((unsigned char)text[from - 1]))
		from--;
	return at - from;
}

/* Is there a comment of that text behind something on its line? */
static bool trails(const struct ctokens *ts, const char *comment, size_t len)
{
	for (size_t i = 1; i < ts->n; i++)
		if (ts->v[i].kind == TOK_COMMENT && ts->v[i].len == len &&
		    !memcmp(ts->text + ts->v[i].off, comment, len) &&
		    ts->v[i].line == ts->v[i - 1].line)
			return true;
	return false;
}

/* A comment that spatch took off the end of a line goes back to it. */
static void join_comments(struct strbuf *text, const char *old, size_t old_len)
{
	struct ctokens was, ts;
	struct edits es = {0};
	struct linediff d;

	linediff_read(&d, old, old_len, sb_str(text), text->len);
	ctokens_read(&was, old, old_len, true);
	ctokens_read(&ts, sb_str(text), text->len, true);
	for (size_t i = 1; i < ts.n; i++) {
		const struct ctoken *t = &ts.v[i];
		size_t space = space_before(ts.text, t->off), end;

		if (t->kind != TOK_COMMENT || t->line != t[-1].line + 1 ||
		    t->line > d.new_lines || d.old_of[t->line - 1] >= 0 ||
		    t[-1].kind == TOK_COMMENT || t[-1].kind == TOK_DIRECTIVE ||
		    t[-1].kind == TOK_STRING ||
		    !trails(&was, ts.text + t->off, t->len))
			continue;
		if (ts.text[layout_end(&ts, i)] != '\n')
			continue;
		end = layout_column(ts.text, t->off - space) / 8 * 8 + 8;
		if (end + t->len <= LAYOUT_WIDTH &&
		    space == t->off - t[-1].off - t[-1].len)
			edit_add(&es, t->off - space, t->off, xstrdup("\t"));
	}
	edits_apply(&es, text);
	ctokens_free(&was);
	ctokens_free(&ts);
	linediff_free(&d);
}

/* From behind a statement, the token goes to a paragraph of its own. */
static void put_below(struct edits *es, const struct ctokens *ts, size_t i)
{
	size_t first = i;
	char *indent;

	while (first && ts->v[first - 1].line == ts->v[i].line)
		first--;
	indent = layout_indent(layout_column(ts->text, ts->v[first].off));
	layout_gap(es, ts, i, xasprintf("\n\n%s", indent));
	free(indent);
}

/*
 * White space for a last "return": as far in as the body's first line, wherever
 * the braces are, but never less than a tab. Where that can't be told, what it
 * has.
 */
static char *return_indent(const struct ctokens *ts, const struct cfunc *f,
			   size_t ret)
{
	const struct ctoken *first = &ts->v[f->body + 1];
	size_t from = first->off, col;

	while (from && (ts->text[from - 1] == ' ' || ts->text[from - 1] == '\t'))
		from--;
	if (f->body + 1 == ret || first->kind == TOK_DIRECTIVE ||
	    (from && ts->text[from - 1] != '\n'))
		first = &ts->v[ret];
	col = layout_column(ts->text, first->off);
	return layout_indent(col > 8 ? col : 8);
}

/* A body that does nothing else begins with its "return". */
static void close_up(struct edits *es, const struct ctokens *ts, size_t ret)
{
	size_t n = 0;

	for (size_t i = layout_end(ts, ret - 1); i < ts->v[ret].off; i++)
		n += ts->text[i] == '\n';
	if (n > 1)
		layout_gap(es, ts, ret, xstrdup("\n\t"));
}

/* A blank line in front of the "return 0;" that ends a callback. */
static void space_returns(struct strbuf *text, const struct layout_func *funcs,
			  size_t count)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};

	for (size_t i = 0; i < src->func_count; i++) {
		const struct cfunc *f = &src->funcs[i];
		const struct layout_func *lf = layout_find(funcs, count, f->name);
		size_t ret = f->end - 3, bol, prev;
		char *indent;
		bool blank;

		if (!lf || !lf->is_callback || !lf->returns_int ||
		    !ctoken_is(ts, ret, "return") || ctoken_is(ts, ret - 1, ":"))
			continue;
		if (ret == f->body + 1) {
			close_up(&es, ts, ret);
			continue;
		}
		if (ts->v[ret].line == ts->v[ret - 1].line &&
		    ctoken_is(ts, ret - 1, ";")) {
			put_below(&es, ts, ret);
			continue;
		}
		bol = ts->v[ret].off;
		while (bol && text->buf[bol - 1] != '\n')
			bol--;
		prev = bol ? bol - 1 : 0;
		while (prev && text->buf[prev - 1] != '\n')
			prev--;
		if (layout_end(ts, ret - 1) > bol)
			continue;
		/* No blank line below another one or a directive. */
		blank = strspn(text->buf + prev, " \t\r\n") < bol - prev &&
			text->buf[prev] != '#';
		indent = return_indent(ts, f, ret);
		edit_add(&es, bol, ts->v[ret].off,
			 xasprintf("%s%s", blank ? "\n" : "", indent));
		free(indent);
	}
	edits_apply(&es, text);
	csource_free(src);
}

/*
 * The blank lines behind a new function: the first one of those that were
 * behind the old one is above it.
 */
static void space_behind(struct edits *es, const struct ctokens *ts, size_t end)
{
	size_t from = layout_end(ts, end), to = from, blank = from, lines = 0;

	for (; to < ts->len && isspace((unsigned char)ts->text[to]); to++)
		if (ts->text[to] == '\n' && ++lines == 2)
			blank = to;
	if (lines > 2)
		edit_add(es, from, blank, xstrdup(""));
}

/* A function that spatch added: a blank line above, a line for each statement. */
static void place_new(struct strbuf *text, const struct layout_func *funcs,
		      size_t count)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};

	for (size_t i = 0; i < src->func_count; i++) {
		const struct cfunc *f = &src->funcs[i];
		const struct layout_func *lf = layout_find(funcs, count, f->name);

		if (!lf || !lf->is_new)
			continue;
		layout_gap(&es, ts, f->start, xstrdup("\n\n"));
		for (size_t k = f->body + 1; k < f->end; k++)
			if (k == f->body + 1 || ctoken_is(ts, k - 1, ";"))
				layout_gap(&es, ts, k,
					   xstrdup(ctoken_is(ts, k, "return") ?
							   "\n\n\t" :
							   "\n\t"));
		space_behind(&es, ts, f->end);
	}
	edits_apply(&es, text);
	csource_free(src);
}

void tidy_line_ends(struct strbuf *text, const char *old, size_t old_len)
{
	struct strbuf out = {0};
	struct ctokens ts;
	size_t tok = 0;

	for (size_t i = 0; i < old_len; i++)
		if (old[i] == '\n' && (!i || old[i - 1] != '\r'))
			return;
	if (!old_len || !memchr(old, '\n', old_len))
		return;
	ctokens_read(&ts, sb_str(text), text->len, true);
	for (size_t i = 0; i < text->len; i++) {
		const char *p = &text->buf[i];
		bool inside;

		while (tok + 1 < ts.n && ts.v[tok + 1].off <= i)
			tok++;
		/* What is inside a token came from the old text. */
		inside = tok < ts.n && ts.v[tok].off <= i &&
			 i < layout_end(&ts, tok) +
				     (ts.v[tok].kind == TOK_DIRECTIVE ||
				      ts.v[tok].kind == TOK_STRING);
		if (*p == '\n' && !inside &&
		    (!i || (p[-1] != '\r' && p[-1] != '\\')))
			sb_addc(&out, '\r');
		sb_addc(&out, *p);
	}
	ctokens_free(&ts);
	sb_free(text);
	*text = out;
}

void tidy_text(struct strbuf *text, const char *old, size_t old_len,
	       const struct layout_func *funcs, size_t count)
{
	open_bodies(text, funcs, count);
	place_braces(text);
	join_comments(text, old, old_len);
	space_returns(text, funcs, count);
	place_new(text, funcs, count);
}
