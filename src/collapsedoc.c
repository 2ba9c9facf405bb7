// SPDX-License-Identifier: GPL-2.0-only
/* What comments say of the work that is gone. */
#include <stdlib.h>
#include <string.h>

#include "collapse.h"
#include "edit.h"
#include "layout.h"

static const char *line_end(const char *p)
{
	const char *end = strchr(p, '\n');

	return end ? end + 1 : p + strlen(p);
}

/* A line of a comment that begins another member's text, or ends the list. */
static bool is_next(const char *line)
{
	line += strspn(line, " \t");
	if (*line != '*')
		return true;
	line += 1;
	if (*line == '/')
		return true;
	line += strspn(line, " \t");
	return *line == '@' || *line == '\n' || !*line;
}

static void drop_member_docs(const struct collapse *c, struct strbuf *text)
{
	char *mark = xasprintf("@%s:", c->defer.field);
	const char *start = sb_str(text), *p = start;
	struct edits es = {0};

	while ((p = strstr(p, mark))) {
		const char *from = p, *to = line_end(p);

		p += strlen(mark);
		while (from > start && from[-1] != '\n')
			from--;
		if (from[strspn(from, " \t*")] != '@')
			continue;
		while (*to && !is_next(to))
			to = line_end(to);
		edit_add(&es, (size_t)(from - start), (size_t)(to - start),
			 xstrdup(""));
	}
	edits_apply(&es, text);
	free(mark);
}

void collapse_docs(const struct collapse *c, struct strbuf *text)
{
	for (size_t i = 0; i < c->defer.count; i++)
		if (c->defer.changes[i].kind == CHANGE_SYNC)
			layout_calls(text, c->defer.changes[i].text,
				     c->defer.changes[i].in->name);
	if (c->defer.field && !c->defer.field_user)
		drop_member_docs(c, text);
}

/* Of the file with its comments: the token that begins at that byte. */
static size_t token_at(const struct ctokens *ts, uint32_t off)
{
	size_t lo = 0, hi = ts->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (ts->v[mid].off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool is_comment(const struct ctokens *ts, size_t i)
{
	return i < ts->n && ts->v[i].kind == TOK_COMMENT;
}

/* Comments on a change that leaves nothing: behind it, or for it alone. */
static void drop_comments(const struct ctokens *ts, const struct change *c,
			  struct edits *es)
{
	const struct ctoken *v = c->src->toks.v;
	size_t first = token_at(ts, v[c->from].off);
	size_t last = token_at(ts, v[c->to - 1].off), next = last + 1;
	bool alone;

	if (!first || ts->v[first - 1].line == ts->v[first].line)
		return;
	if (is_comment(ts, next) && ts->v[next].line == ts->v[last].line) {
		edit_add(es, ts->v[last].off + ts->v[last].len,
			 ts->v[next].off + ts->v[next].len, xstrdup(""));
		next++;
	}
	alone = next == ts->n || ctoken_is(ts, next, "}") ||
		ts->v[next].line > ts->v[next - 1].line + 1;
	/* A comment of several lines ends further down than it begins. */
	if (alone && first > 1 && is_comment(ts, first - 1) &&
	    ts->v[first - 2].line < ts->v[first - 1].line &&
	    !memchr(ts->text + ts->v[first - 1].off, '\n',
		    ts->v[first - 1].len) &&
	    ts->v[first - 1].line + 1 == ts->v[first].line)
		edit_add(es, ts->v[first - 1].off, ts->v[first].off,
			 xstrdup(""));
}

/* A comment that says why it is put off, above what is done at once now. */
static void drop_excuse(const struct ctokens *ts, const struct change *c,
			struct edits *es)
{
	static const char *const words[] = {
		"defer", "async", "sleepable", "schedule", "workqueue",
		"wait for completion",
	};
	const struct ctoken *v = ts->v;
	size_t first = token_at(ts, c->src->toks.v[c->from].off);
	char *text;

	while (first && v[first - 1].line == v[first].line &&
	       !is_comment(ts, first - 1))
		first--;
	if (first < 2 || !is_comment(ts, first - 1) ||
	    v[first - 2].line == v[first - 1].line)
		return;
	text = xstrndup(ts->text + v[first - 1].off, v[first - 1].len);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(text, words[i])) {
			edit_add(es, v[first - 1].off, v[first].off,
				 xstrdup(""));
			break;
		}
	free(text);
}

void collapse_comments(const struct plan *p, const struct csource *src,
		       struct strbuf *text)
{
	const struct collapse *c = p->collapse;
	struct edits es = {0};
	struct ctokens ts;

	sb_add(text, sb_str(&src->text), src->text.len);
	if (!c)
		return;
	ctokens_read(&ts, sb_str(&src->text), src->text.len, true);
	for (size_t i = 0; i < c->defer.count; i++) {
		const struct change *ch = &c->defer.changes[i];

		if (ch->src == src && (ch->kind == CHANGE_DROP ||
				       ch->kind == CHANGE_GONE ||
				       ch->kind == CHANGE_FIELD))
			drop_comments(&ts, ch, &es);
		if (ch->src == src && (ch->kind == CHANGE_CALL ||
				       ch->kind == CHANGE_SYNC))
			drop_excuse(&ts, ch, &es);
	}
	edits_apply(&es, text);
	ctokens_free(&ts);
}
