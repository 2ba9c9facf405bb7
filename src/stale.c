// SPDX-License-Identifier: GPL-2.0-only
#include "stale.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "edit.h"

#define OLD_NAME "ndo_set_rx_mode"
#define NEW_NAME "ndo_set_rx_mode_async"

/* A line of a comment: from where its words begin to where they end. */
struct words {
	size_t line, from, to;
};

static bool has_any(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcasestr(text, words[i]))
			return true;
	return false;
}

/* "netif_tx_lock held, BHs disabled"; nothing of what still holds. */
static bool is_claim(const char *sentence)
{
	static const char *const locks[] = {
		"xmit_lock", "netif_tx_lock", "netif_addr_lock",
		"addr_list_lock",
	};
	static const char *const sleeps[] = {
		"not sleep in this context", "not sleep here",
		"cannot sleep in this context", "can't sleep here",
	};
	static const char *const held[] = {
		"held", "hold", "takes", "protected", "under",
	};

	if (strcasestr(sentence, "rtnl"))
		return false;
	return has_any(sentence, sleeps, ARRAY_SIZE(sleeps)) ||
	       (has_any(sentence, locks, ARRAY_SIZE(locks)) &&
		has_any(sentence, held, ARRAY_SIZE(held)));
}

/* Sentences end in a full stop with white space behind it. */
static bool is_all_claims(char *text)
{
	bool any = false;

	for (char *p = text; *p;) {
		char *end = p;

		while (*end && !(*end == '.' && (isspace((unsigned char)end[1]) ||
						 !end[1])))
			end++;
		if (*end)
			*end++ = '\0';
		if (p[strspn(p, " \t\n")]) {
			if (!is_claim(p))
				return false;
			any = true;
		}
		p = end;
	}
	return any;
}

/* The words of a line that begins at `at`, without the comment's own marks. */
static struct words read_line(const char *text, size_t at, size_t end)
{
	const char *nl = memchr(text + at, '\n', end - at);
	struct words w = {at, at, nl ? (size_t)(nl - text) : end};
	size_t stop = w.to;

	w.from += strspn(text + w.from, " \t");
	if (w.from + 1 < w.to && text[w.from] == '/')
		w.from++;
	while (w.from < stop && text[w.from] == '*' &&
	       !(w.from + 1 < stop && text[w.from + 1] == '/'))
		w.from++;
	while (w.from < stop && isblank((unsigned char)text[w.from]))
		w.from++;
	if (stop - w.from >= 2 && text[stop - 1] == '/' && text[stop - 2] == '*')
		w.to = stop - 2;
	while (w.to > w.from && (isspace((unsigned char)text[w.to - 1]) ||
				 text[w.to - 1] == '*'))
		w.to--;
	return w;
}

/*
 * The next paragraph of the comment behind `at`: its lines, from..to, and
 * whether all that it says is stale; false behind the last one.
 */
static bool next_paragraph(const char *text, size_t at, size_t end,
			   size_t *from, size_t *to, bool *stale)
{
	struct strbuf sb = {0};

	*from = SIZE_MAX;
	while (at < end) {
		struct words w = read_line(text, at, end);
		const char *nl = memchr(text + at, '\n', end - at);

		if (w.to > w.from && *from == SIZE_MAX)
			*from = at;
		at = nl ? (size_t)(nl - text) + 1 : end;
		if (w.to > w.from) {
			/* A line without a full stop may be a title. */
			if (sb.len && isupper((unsigned char)text[w.from]))
				sb_adds(&sb, ". ");
			sb_add(&sb, text + w.from, w.to - w.from);
			sb_addc(&sb, '\n');
			*to = at;
		} else if (*from != SIZE_MAX) {
			break;
		}
	}
	*stale = *from != SIZE_MAX && is_all_claims(sb.buf);
	sb_free(&sb);
	return *from != SIZE_MAX;
}

bool stale_claims(const char *comment, size_t len)
{
	size_t at = 0, from, to;
	bool stale;

	while (next_paragraph(comment, at, len, &from, &to, &stale)) {
		if (stale)
			return true;
		at = to;
	}
	return false;
}

/* Do the comment's marks stand on lines without words? */
static bool is_inner(const char *text, const struct ctoken *t, size_t from,
		     size_t to)
{
	return from > t->off && to < t->off + t->len &&
	       memchr(text + t->off, '\n', from - t->off);
}

static void drop_claims(struct edits *es, const struct ctokens *ts, size_t i)
{
	const struct ctoken *t = &ts->v[i];
	size_t end = t->off + t->len, at = t->off, from, to, other, bol = t->off;
	bool stale, more;

	while (next_paragraph(ts->text, at, end, &from, &to, &stale)) {
		at = to;
		if (!stale)
			continue;
		more = next_paragraph(ts->text, t->off, from, &other, &other,
				      &stale) ||
		       next_paragraph(ts->text, to, end, &other, &other, &stale);
		while (bol && ts->text[bol - 1] != '\n')
			bol--;
		if (more && is_inner(ts->text, t, from, to)) {
			/* With the blank line above it, or below. */
			struct words above;
			size_t prev = from - 1;

			while (prev > t->off && ts->text[prev - 1] != '\n')
				prev--;
			above = read_line(ts->text, prev, from);
			edit_add(es, above.from == above.to && prev > t->off ?
					     prev : from, to, xstrdup(""));
		} else if (!more && bol == t->off &&
			   (end == ts->len || ts->text[end] == '\n')) {
			edit_add(es, t->off, end + (end < ts->len),
				 xstrdup(""));
		}
	}
}

/* A word by itself, not in code that was put into a comment. */
static bool is_word_at(const char *text, size_t at, size_t n)
{
	return !isalnum((unsigned char)text[at + n]) && text[at + n] != '_' &&
	       (!at || (!isalnum((unsigned char)text[at - 1]) &&
			!strchr("_.>", text[at - 1])));
}

/* Is there another line of the same paragraph behind the one that ends there? */
static bool goes_on(const char *text, const struct words *w, size_t end,
		    struct words *next)
{
	if (w->to >= end || !memchr(text + w->to, '\n', end - w->to))
		return false;
	*next = read_line(text, (size_t)((const char *)memchr(text + w->to, '\n',
							     end - w->to) -
					 text) + 1, end);
	return next->to > next->from && text[next->from] != '@';
}

/*
 * The line of words gets that text; what is too long for it goes to those below
 * it, and at last to a new one. False for a comment of one line that would not
 * fit there.
 */
static bool set_words(struct edits *es, const char *text, struct words w,
		      size_t begin, size_t end, char *words)
{
	char *lead = xstrndup(text + w.line, w.from - w.line);
	bool fits = true;

	for (;;) {
		size_t n = strlen(words), room, cut;
		struct words next;
		bool more = goes_on(text, &w, end, &next);
		char *rest;

		room = LAYOUT_WIDTH - layout_column(text, w.from);
		for (cut = n; cut && (cut > room || (cut < n && words[cut] != ' '));
		     cut--)
			;
		fits = cut == n || more || w.line > begin;
		if (cut == n || !cut || !fits) {
			edit_add(es, w.from, w.to, words);
			break;
		}
		rest = xstrdup(words + cut + 1);
		while (cut && words[cut - 1] == ' ')
			cut--;
		words[cut] = '\0';
		if (!more) {
			edit_add(es, w.from, w.to,
				 xasprintf("%s\n%s%s", words, lead, rest));
			free(words);
			free(rest);
			break;
		}
		edit_add(es, w.from, w.to, words);
		words = xasprintf("%s %.*s", rest, (int)(next.to - next.from),
				  text + next.from);
		free(rest);
		w = next;
		free(lead);
		lead = xstrndup(text + w.line, w.from - w.line);
	}
	free(lead);
	return fits;
}

/* The first place where the name stands, as a word; or SIZE_MAX. */
static size_t find_name(const char *text, size_t from, size_t to,
			const char *name)
{
	size_t n = strlen(name);

	for (; from + n <= to; from++)
		if (!memcmp(text + from, name, n) && is_word_at(text, from, n))
			return from;
	return SIZE_MAX;
}

/* In that comment, a name gives way to another one; true if it did. */
static bool rename_in(struct edits *es, const struct ctokens *ts, size_t i,
		      const char *old, const char *new)
{
	size_t begin = ts->v[i].off, end = begin + ts->v[i].len, bol;
	size_t at = find_name(ts->text, begin, end, old);
	struct words w;
	char *words;

	if (at == SIZE_MAX)
		return false;
	for (bol = at; bol > begin && ts->text[bol - 1] != '\n';)
		bol--;
	w = read_line(ts->text, bol, end);
	/* The first line's lead is what stands in front of the comment. */
	while (bol == begin && w.line && ts->text[w.line - 1] != '\n')
		w.line--;
	if (at < w.from || at + strlen(old) > w.to)
		return false;
	words = xasprintf("%.*s%s%.*s", (int)(at - w.from), ts->text + w.from,
			  new, (int)(w.to - at - strlen(old)),
			  ts->text + at + strlen(old));
	if (set_words(es, ts->text, w, begin, end, words))
		return true;
	edits_forget(es);
	return false;
}

/* What stands for the parameter that has gone: "@uc and @mc". */
static char *lists_text(const struct layout_func *lf)
{
	return xasprintf("%s%s%s%s%s", lf->has_uc ? "@" : "",
			 lf->has_uc ? lf->uc : "",
			 lf->has_uc && lf->has_mc ? " and " : "",
			 lf->has_mc ? "@" : "", lf->has_mc ? lf->mc : "");
}

/* One name in one of its comments; false where there is nothing to do. */
static bool rename_one(struct edits *es, const struct ctokens *all, size_t i,
		       const struct layout_func *lf)
{
	char *old, *new;
	bool done = rename_in(es, all, i, OLD_NAME, NEW_NAME);

	if (done || !lf->replaced)
		return done;
	old = xasprintf("@%s", lf->replaced);
	new = lists_text(lf);
	done = rename_in(es, all, i, old, new);
	free(old);
	free(new);
	return done;
}

/*
 * Calls fn for the comments of each function that changes, until one has made
 * changes; true if one has.
 */
typedef bool comment_fn(struct edits *es, const struct ctokens *all, size_t i,
			const struct layout_func *lf);

static bool each_comment(struct strbuf *text, const struct layout_func *funcs,
			 size_t count, bool above, comment_fn *fn)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};
	struct ctokens all;
	bool done = false;

	ctokens_read(&all, sb_str(text), text->len, true);
	for (size_t i = 0; i < all.n && !done; i++) {
		for (size_t k = 0; all.v[i].kind == TOK_COMMENT &&
				   k < src->func_count && !done; k++) {
			const struct cfunc *f = &src->funcs[k];
			const struct layout_func *lf =
				layout_find(funcs, count, f->name);
			size_t from = f->start ? layout_end(ts, f->start - 1) : 0;
			size_t to = ts->v[above ? f->start : f->end].off;

			if (lf && all.v[i].off >= from && all.v[i].off < to)
				done = fn(&es, &all, i, lf);
		}
	}
	edits_apply(&es, text);
	ctokens_free(&all);
	csource_free(src);
	return done;
}

static bool drop_one(struct edits *es, const struct ctokens *all, size_t i,
		     const struct layout_func *lf)
{
	size_t n = es->n;

	if (lf->is_callback)
		drop_claims(es, all, i);
	return es->n > n;
}

void stale_follow(struct strbuf *text, const struct layout_func *funcs,
		  size_t count)
{
	/* Each round takes one away; a text has not that many. */
	for (int i = 0; i < 100; i++)
		if (!each_comment(text, funcs, count, true, drop_one) &&
		    !each_comment(text, funcs, count, false, rename_one))
			break;
}
