// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: a diff of two texts, applied to the one, gives the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "linediff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct cursor {
	const char *p, *end;
};

static size_t line_length(const struct cursor *c)
{
	const char *nl = memchr(c->p, '\n', (size_t)(c->end - c->p));

	return (size_t)((nl ? nl + 1 : c->end) - c->p);
}

/* The next lines of the old text, as they are. */
static void copy_lines(struct strbuf *out, struct cursor *old, size_t n)
{
	while (n--) {
		size_t len = line_length(old);

		if (!len)
			abort();
		sb_add(out, old->p, len);
		old->p += len;
	}
}

/* One line of a hunk; true where it has no newline of its own. */
static void apply_line(struct strbuf *out, struct cursor *old,
		       struct cursor *diff, size_t *from, size_t *to)
{
	size_t len = line_length(diff), text = len - 1;
	const char *p = diff->p + 1;
	char sign = *diff->p;

	diff->p += len;
	if (diff->p < diff->end && *diff->p == '\\') {
		text--;
		diff->p += line_length(diff);
	}
	if (sign == ' ' || sign == '-') {
		if (line_length(old) != text || memcmp(old->p, p, text))
			abort();
		old->p += text;
		--*from;
	}
	if (sign == ' ' || sign == '+') {
		sb_add(out, p, text);
		--*to;
	}
	if (!strchr(" +-", sign))
		abort();
}

static void apply(struct strbuf *out, struct cursor *old, struct cursor *diff)
{
	size_t line = 0;

	while (diff->p < diff->end) {
		size_t at, from, at_new, to;

		if (sscanf(diff->p, "@@ -%zu,%zu +%zu,%zu @@", &at, &from,
			   &at_new, &to) != 4) {
			diff->p += line_length(diff);
			continue;
		}
		diff->p += line_length(diff);
		if (from)
			at--;
		copy_lines(out, old, at - line);
		line = at + from;
		while (from || to)
			apply_line(out, old, diff, &from, &to);
	}
	sb_add(out, old->p, (size_t)(old->end - old->p));
}

/* The old text, a byte 0, the new one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = size ? memchr(data, 0, size) : NULL;
	const char *a = (const char *)data;
	size_t a_len = cut ? (size_t)(cut - data) : size;
	const char *b = cut ? (const char *)cut + 1 : "";
	size_t b_len = cut ? size - a_len - 1 : 0;
	struct strbuf diff = {0}, got = {0};
	struct cursor old = {a, a + a_len}, lines;
	struct linediff d;

	if (size > 4096)
		return 0;
	linediff_read(&d, a, a_len, b, b_len);
	for (size_t i = 0, last = 0; i < d.new_lines; i++) {
		if (d.old_of[i] < 0)
			continue;
		if ((size_t)d.old_of[i] < last ||
		    (size_t)d.old_of[i] >= d.old_lines)
			abort();
		last = (size_t)d.old_of[i] + 1;
	}
	linediff_free(&d);
	linediff_patch(&diff, "x", a, a_len, b, b_len);
	lines = (struct cursor){sb_str(&diff), sb_str(&diff) + diff.len};
	apply(&got, &old, &lines);
	if (got.len != b_len || (b_len && memcmp(sb_str(&got), b, b_len)))
		abort();
	sb_free(&diff);
	sb_free(&got);
	return 0;
}
