// SPDX-License-Identifier: GPL-2.0-only
#include "wrap.h"

#include <stdlib.h>
#include <string.h>

#include "ctoken.h"
#include "edit.h"
#include "layout.h"
#include "linediff.h"

/* How good a place behind this token is: 0 for none. */
static int rank(const struct ctokens *ts, size_t i)
{
	static const struct {
		const char *op;
		int rank;
	} ops[] = {
		{"&&", 7}, {"||", 7}, {",", 6},  {"?", 6},  {":", 6},  {">", 5},
		{"<", 5},  {">=", 5}, {"<=", 5}, {"==", 5}, {"!=", 5}, {"|", 4},
		{"+", 4},  {"-", 4},  {"=", 1},  {"|=", 1},
	};

	for (size_t k = 0; k < ARRAY_SIZE(ops); k++)
		if (ctoken_is(ts, i, ops[k].op))
			return ops[k].rank;
	/* A product, no pointer: that has no blank behind it. */
	if (i && i + 1 < ts->n && ctoken_is(ts, i, "*") &&
	    ts->v[i].off > layout_end(ts, i - 1) &&
	    ts->v[i + 1].off > layout_end(ts, i))
		return 3;
	return 0;
}

/* The unmatched "(" or "[" in front of token i in its statement, or SIZE_MAX. */
static size_t open_before(const struct ctokens *ts, size_t i)
{
	size_t depth = 0;

	while (i-- > 0) {
		if (ctoken_is(ts, i, ")") || ctoken_is(ts, i, "]")) {
			depth++;
		} else if (ctoken_is(ts, i, "(") || ctoken_is(ts, i, "[")) {
			if (!depth--)
				return i;
		} else if (!depth && ctoken_is_bound(ts, i)) {
			break;
		}
	}
	return SIZE_MAX;
}

static size_t depth_of(const struct ctokens *ts, size_t from, size_t to)
{
	size_t depth = 64;

	for (size_t i = from; i < to; i++) {
		if (ctoken_is(ts, i, "(") || ctoken_is(ts, i, "["))
			depth++;
		else if (ctoken_is(ts, i, ")") || ctoken_is(ts, i, "]"))
			depth--;
	}
	return depth;
}

/* What a statement's expression is behind: "=", "|=", "return". */
static bool starts_value(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i, "=") || ctoken_is(ts, i, "|=") ||
	       ctoken_is(ts, i, "+=") || ctoken_is(ts, i, "return");
}

/* Column for what follows a break behind token i. */
static size_t continuation(const struct ctokens *ts, size_t first, size_t i)
{
	size_t open = open_before(ts, i + 1);

	if (open != SIZE_MAX)
		return layout_column(ts->text, ts->v[open].off) + 1;
	for (size_t k = i; k-- > first;)
		if (starts_value(ts, k) && depth_of(ts, k, i + 1) == 64)
			return layout_column(ts->text, ts->v[k + 1].off);
	/* Below the first part of a value that is on a line of its own. */
	return layout_column(ts->text, ts->v[first].off) +
	       (first && starts_value(ts, first - 1) ? 0 : 8);
}

/* The best token of first..last to break behind, or SIZE_MAX. */
static size_t best_break(const struct ctokens *ts, size_t first, size_t last)
{
	size_t best = SIZE_MAX, best_depth = SIZE_MAX;
	int best_rank = 0;

	for (size_t i = first; i < last; i++) {
		size_t end = layout_column(ts->text,
					   ts->v[i].off + ts->v[i].len);
		size_t depth = depth_of(ts, first, i);
		int r = rank(ts, i);

		if (!r || end > LAYOUT_WIDTH || !layout_blank(ts, i + 1) ||
		    continuation(ts, first, i) + ts->v[i + 1].len >=
			    LAYOUT_WIDTH)
			continue;
		if (depth < best_depth ||
		    (depth == best_depth && r >= best_rank)) {
			best = i;
			best_depth = depth;
			best_rank = r;
		}
	}
	return best;
}

/* The last token on the line of token i. */
static size_t line_last(const struct ctokens *ts, size_t i)
{
	while (i + 1 < ts->n && ts->v[i + 1].line == ts->v[i].line)
		i++;
	return i;
}

/* A text, and what of it the old one had not. */
struct pass {
	struct linediff d;
	struct ctokens ts;
	struct edits es;
};

static void pass_begin(struct pass *p, const struct strbuf *text,
		       const char *old, size_t old_len)
{
	linediff_read(&p->d, old, old_len, sb_str(text), text->len);
	ctokens_read(&p->ts, sb_str(text), text->len, false);
	p->es = (struct edits){0};
}

/* True where there was something to edit. */
static bool pass_end(struct pass *p, struct strbuf *text)
{
	ctokens_free(&p->ts);
	linediff_free(&p->d);
	return edits_apply(&p->es, text);
}

static bool is_new(const struct linediff *d, const struct ctokens *ts, size_t i)
{
	return ts->v[i].line <= d->new_lines &&
	       d->old_of[ts->v[i].line - 1] < 0;
}

/* Breaks the first long line among the new ones; false where there is none. */
static bool wrap_one(struct strbuf *text, const char *old, size_t old_len,
		     struct strvec *given_up)
{
	struct pass p;

	pass_begin(&p, text, old, old_len);
	for (size_t i = 0; i < p.ts.n && !p.es.n; i++) {
		size_t at = i, last = line_last(&p.ts, i), col, next;
		char *line, *indent;

		i = last;
		if (!is_new(&p.d, &p.ts, at) ||
		    p.ts.v[at].kind == TOK_DIRECTIVE ||
		    layout_column(p.ts.text, layout_end(&p.ts, last)) <=
			    LAYOUT_WIDTH)
			continue;
		line = ctokens_text(&p.ts, at, last + 1);
		next = sv_has(given_up, line) ? SIZE_MAX :
						best_break(&p.ts, at, last);
		if (next == SIZE_MAX) {
			sv_add_once(given_up, line);
			free(line);
			continue;
		}
		free(line);
		col = continuation(&p.ts, at, next);
		indent = layout_indent(col);
		layout_gap(&p.es, &p.ts, next + 1, xasprintf("\n%s", indent));
		free(indent);
	}
	return pass_end(&p, text);
}

/* Are all lines below that of token `from` new, up to that of `to`? */
static bool all_new(const struct linediff *d, const struct ctokens *ts,
		    size_t from, size_t to)
{
	for (size_t i = from; i <= to; i++)
		if (ts->v[i].line > ts->v[from].line && !is_new(d, ts, i))
			return false;
	return true;
}

/*
 * Moves the lines inside the parenthesis at `open` below what follows it;
 * false where they are there already, or would get too long.
 */
static bool realign(struct edits *es, const struct ctokens *ts, size_t open,
		    size_t close)
{
	size_t col = layout_column(ts->text, ts->v[open].off) + 1;
	size_t n = es->n;

	for (size_t i = open + 2; i < close; i++) {
		size_t last = i, at, width, from;
		char *indent;

		if (ts->v[i].line == ts->v[i - 1].line ||
		    ts->v[i].kind == TOK_DIRECTIVE ||
		    open_before(ts, i) != open)
			continue;
		while (last + 1 < ts->n && ts->v[last + 1].line == ts->v[i].line)
			last++;
		at = layout_column(ts->text, ts->v[i].off);
		width = layout_column(ts->text,
				      ts->v[last].off + ts->v[last].len) - at;
		if (col + width > LAYOUT_WIDTH)
			continue;
		from = ts->v[i].off;
		while (from && (ts->text[from - 1] == ' ' ||
				ts->text[from - 1] == '\t'))
			from--;
		if (!from || ts->text[from - 1] != '\n')
			continue;
		/* The right column may be made of the wrong white space. */
		indent = layout_indent(col);
		if (ts->v[i].off - from == strlen(indent) &&
		    !memcmp(ts->text + from, indent, strlen(indent)))
			free(indent);
		else
			edit_add(es, from, ts->v[i].off, indent);
	}
	return es->n > n;
}

/* One parenthesis with lines inside that are all new and not aligned. */
static bool realign_one(struct strbuf *text, const char *old, size_t old_len)
{
	struct pass p;

	pass_begin(&p, text, old, old_len);
	for (size_t i = 0; i + 1 < p.ts.n && !p.es.n; i++) {
		size_t close;

		if (!ctoken_is(&p.ts, i, "(") ||
		    p.ts.v[i].line != p.ts.v[i + 1].line)
			continue;
		close = ctokens_match(&p.ts, i, p.ts.n);
		if (close < p.ts.n && p.ts.v[close].line != p.ts.v[i].line &&
		    all_new(&p.d, &p.ts, i, close))
			realign(&p.es, &p.ts, i, close);
	}
	return pass_end(&p, text);
}

/* Does one of the old lines that are gone end so, with more in front of it? */
static bool ended_so(const struct linediff *d, const char *old, size_t old_len,
		     const char *end, size_t len)
{
	const char *line = old, *limit = old + old_len;
	bool *kept = xcalloc(d->old_lines + 1, sizeof(*kept)), found = false;

	for (size_t i = 0; i < d->new_lines; i++)
		if (d->old_of[i] >= 0)
			kept[d->old_of[i]] = true;
	for (size_t i = 0; i < d->old_lines && line < limit && !found; i++) {
		const char *nl = memchr(line, '\n', (size_t)(limit - line));
		size_t n = nl ? (size_t)(nl - line) : (size_t)(limit - line);

		found = !kept[i] && n > len + 1 && line[n - len - 1] == ' ' &&
			!memcmp(line + n - len, end, len);
		line += n + 1;
	}
	free(kept);
	return found;
}

/*
 * The last arguments of a line that was broken: those on the line below join
 * them where they fit.
 */
static void refill(struct strbuf *text, const char *old, size_t old_len)
{
	struct pass p;

	pass_begin(&p, text, old, old_len);
	for (size_t i = 1, last; i < p.ts.n; i = last + 1) {
		size_t open, end;

		last = line_last(&p.ts, i);
		open = is_new(&p.d, &p.ts, i) && ctoken_is(&p.ts, last, ",") ?
			       open_before(&p.ts, i) :
			       SIZE_MAX;
		if (open == SIZE_MAX || last + 1 >= p.ts.n ||
		    p.ts.v[last + 1].line != p.ts.v[last].line + 1 ||
		    open_before(&p.ts, last + 1) != open ||
		    !ended_so(&p.d, old, old_len, p.ts.text + p.ts.v[i].off,
			      layout_end(&p.ts, last) - p.ts.v[i].off))
			continue;
		end = line_last(&p.ts, last + 1);
		if (layout_column(p.ts.text, layout_end(&p.ts, last)) + 1 +
			    (layout_end(&p.ts, end) - p.ts.v[last + 1].off) <=
		    LAYOUT_WIDTH)
			layout_gap(&p.es, &p.ts, last + 1, xstrdup(" "));
	}
	pass_end(&p, text);
}

/*
 * An argument that is too long below its parenthesis, and can't be broken: it
 * goes a tab behind the statement, with those below it.
 */
static void dedent(struct edits *es, const struct ctokens *ts, size_t at)
{
	size_t open = open_before(ts, at), first, col, close;
	char *indent;

	if (open == SIZE_MAX || ts->v[open].line == ts->v[at].line)
		return;
	first = open;
	while (first && ts->v[first - 1].line == ts->v[open].line)
		first--;
	if (!first || !(ctoken_is(ts, first - 1, ";") ||
			ctoken_is(ts, first - 1, "{") ||
			ctoken_is(ts, first - 1, "}") ||
			ctoken_is(ts, first - 1, ")")))
		return;
	col = layout_column(ts->text, ts->v[first].off) + 8;
	if (col >= layout_column(ts->text, ts->v[at].off))
		return;
	indent = layout_indent(col);
	close = ctokens_match(ts, open, ts->n);
	for (size_t i = at; i < close; i++)
		if (ts->v[i].line != ts->v[i - 1].line &&
		    open_before(ts, i) == open)
			layout_gap(es, ts, i, xasprintf("\n%s", indent));
	free(indent);
}

/* What is left too long after all that. */
static void dedent_long(struct strbuf *text, const char *old, size_t old_len)
{
	struct pass p;

	pass_begin(&p, text, old, old_len);
	for (size_t i = 1, last; i < p.ts.n; i = last + 1) {
		last = line_last(&p.ts, i);
		if (is_new(&p.d, &p.ts, i) &&
		    layout_column(p.ts.text, layout_end(&p.ts, last)) >
			    LAYOUT_WIDTH)
			dedent(&p.es, &p.ts, i);
	}
	pass_end(&p, text);
}

void wrap_long_lines(struct strbuf *text, const char *old, size_t old_len)
{
	struct strvec given_up = {0};

	for (int i = 0; i < 200; i++)
		if (!realign_one(text, old, old_len) &&
		    !wrap_one(text, old, old_len, &given_up))
			break;
	sv_free(&given_up);
	refill(text, old, old_len);
	dedent_long(text, old, old_len);
}
