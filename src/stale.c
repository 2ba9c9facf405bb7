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

/* Would the line be too long with the new name? */
static bool fits(const char *text, size_t at, size_t end)
{
	const char *nl = memchr(text + at, '\n', end - at);
	size_t eol = nl ? (size_t)(nl - text) : end;

	return layout_column(text, eol) + strlen(NEW_NAME) - strlen(OLD_NAME) <=
	       LAYOUT_WIDTH;
}

/*
 * The last words of the line go to the next one of the paragraph, if they can;
 * else the name stays.
 */
static bool push_down(struct edits *es, const char *text, size_t at, size_t end)
{
	const char *nl = memchr(text + at, '\n', end - at);
	size_t eol = nl ? (size_t)(nl - text) : end, word = eol, need;
	size_t first = at + strlen(OLD_NAME) + 1;
	struct words next;
	char *moved;

	if (!nl)
		return false;
	next = read_line(text, eol + 1, end);
	need = layout_column(text, eol) + strlen(NEW_NAME) - strlen(OLD_NAME) -
	       LAYOUT_WIDTH;
	while (word > first &&
	       (text[word - 1] != ' ' || eol - word + 1 < need))
		word--;
	if (next.to == next.from || word <= first ||
	    layout_column(text, next.to) + (eol - word) + 1 > LAYOUT_WIDTH)
		return false;
	moved = xasprintf("%.*s ", (int)(eol - word), text + word);
	edit_add(es, word - 1, eol, xstrdup(""));
	edit_add(es, next.from, next.from, moved);
	return true;
}

static void rename_operation(struct edits *es, const struct ctokens *ts,
			     size_t i)
{
	size_t n = strlen(OLD_NAME), at = ts->v[i].off;
	size_t end = at + ts->v[i].len;

	for (; at + n <= end; at++)
		if (!memcmp(ts->text + at, OLD_NAME, n) &&
		    is_word_at(ts->text, at, n) &&
		    (fits(ts->text, at, end) ||
		     push_down(es, ts->text, at, end)))
			edit_add(es, at, at + n, xstrdup(NEW_NAME));
}

void stale_follow(struct strbuf *text, const struct layout_func *funcs,
		  size_t count)
{
	struct csource *src = layout_parse(text);
	const struct ctokens *ts = &src->toks;
	struct edits es = {0};
	struct ctokens all;

	ctokens_read(&all, sb_str(text), text->len, true);
	for (size_t i = 0; i < all.n; i++) {
		for (size_t k = 0; all.v[i].kind == TOK_COMMENT &&
				   k < src->func_count; k++) {
			const struct cfunc *f = &src->funcs[k];
			const struct layout_func *lf =
				layout_find(funcs, count, f->name);
			size_t from = f->start ? layout_end(ts, f->start - 1) : 0;

			if (!lf || all.v[i].off < from ||
			    all.v[i].off >= ts->v[f->end].off)
				continue;
			if (lf->is_callback && all.v[i].off < ts->v[f->start].off)
				drop_claims(&es, &all, i);
			rename_operation(&es, &all, i);
			break;
		}
	}
	edits_apply(&es, text);
	ctokens_free(&all);
	csource_free(src);
}
