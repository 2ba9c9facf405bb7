// SPDX-License-Identifier: GPL-2.0-only
#include "diffhtml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"

#define LINE_LIMIT 400		/* bytes of a log's line that are shown */

enum kind { CONTEXT, ADDED, REMOVED, HEADER };

/* Where in a diff we are: how many lines the hunk still owes. */
struct diff {
	unsigned long old_left, new_left;
};

static size_t line_len(const char *s, size_t len)
{
	const char *nl = memchr(s, '\n', len);

	return nl ? (size_t)(nl - s) + 1 : len;
}

/* "@@ -1,2 +3,4 @@"; a count that is left out means 1. */
static bool hunk_header(struct diff *d, const char *line, size_t len)
{
	char text[80];
	unsigned long n[2];
	char *p = text;

	if (len < 4 || memcmp(line, "@@ -", 4))
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)(len < 79 ? len : 79), line);
	for (int i = 0; i < 2; i++) {
		p = strchr(p, i ? '+' : '-');
		if (!p)
			return false;
		strtoul(p + 1, &p, 10);
		n[i] = *p == ',' ? strtoul(p + 1, &p, 10) : 1;
	}
	d->old_left = n[0];
	d->new_left = n[1];
	return true;
}

static enum kind line_kind(struct diff *d, const char *line, size_t len)
{
	if (!d->old_left && !d->new_left) {
		if (hunk_header(d, line, len))
			return HEADER;
		return *line == '\\' ? CONTEXT : HEADER;
	}
	switch (*line) {
	case '+':
		d->new_left -= d->new_left > 0;
		return ADDED;
	case '-':
		d->old_left -= d->old_left > 0;
		return REMOVED;
	case '\\':
		return CONTEXT;
	default:
		d->old_left -= d->old_left > 0;
		d->new_left -= d->new_left > 0;
		return CONTEXT;
	}
}

void diff_stat(struct diffstat *st, const char *diff, size_t len)
{
	struct diff d = {0};

	*st = (struct diffstat){0};
	while (len) {
		size_t n = line_len(diff, len);
		enum kind kind = line_kind(&d, diff, n);

		st->added += kind == ADDED;
		st->removed += kind == REMOVED;
		st->files += kind == HEADER && n > 4 && !memcmp(diff, "+++ ", 4);
		diff += n;
		len -= n;
	}
}

void diff_html(struct strbuf *out, const char *diff, size_t len, size_t limit)
{
	static const char *const tags[] = {
		[ADDED] = "ins", [REMOVED] = "del", [HEADER] = "b",
	};
	size_t shown = 0, total = len;
	struct diff d = {0};
	int now = CONTEXT;

	sb_adds(out, "<pre class=diff>");
	while (len && shown < limit) {
		size_t n = line_len(diff, len);
		int kind = line_kind(&d, diff, n);

		if (kind != now && tags[now])
			sb_addf(out, "</%s>", tags[now]);
		if (kind != now && tags[kind])
			sb_addf(out, "<%s>", tags[kind]);
		now = kind;
		html_text(out, diff, n);
		diff += n;
		shown += n;
		len -= n;
	}
	if (tags[now])
		sb_addf(out, "</%s>", tags[now]);
	sb_adds(out, "</pre>\n");
	if (len)
		html_addf(out, "<p class=cut>Cut here: %zu of %zu bytes are shown.</p>\n",
			  shown, total);
}

/* The text behind its first `lines` lines. */
static const char *skip_lines(const char *s, const char *end, size_t lines)
{
	while (lines-- && s < end)
		s += line_len(s, (size_t)(end - s));
	return s;
}

static void log_lines(struct strbuf *out, const char *s, const char *end)
{
	while (s < end) {
		size_t n = line_len(s, (size_t)(end - s));

		if (n > LINE_LIMIT + 1) {
			html_text(out, s, LINE_LIMIT);
			html_addf(out, " <i>(%zu bytes more)</i>\n",
				  n - LINE_LIMIT);
		} else {
			html_text(out, s, n);
		}
		s += n;
	}
}

void log_html(struct strbuf *out, const char *text, size_t len, size_t head,
	      size_t tail)
{
	const char *end = text + len, *first;
	size_t lines = 0;

	for (const char *s = text; s < end; lines++)
		s = skip_lines(s, end, 1);
	if (lines <= head + tail)
		head = lines;
	first = skip_lines(text, end, head);
	sb_adds(out, "<pre>");
	log_lines(out, text, first);
	if (first < end) {
		html_addf(out, "<i>... %zu lines left out ...</i>\n",
			  lines - head - tail);
		log_lines(out, skip_lines(text, end, lines - tail), end);
	}
	sb_adds(out, "</pre>\n");
}
