// SPDX-License-Identifier: GPL-2.0-only
#include "linediff.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXT 3

struct line {
	const char *p;
	size_t len;		/* with its newline, if it has one */
};

struct lines {
	struct line *v;
	size_t n, cap;
};

static void split(struct lines *ls, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		size_t n = nl ? (size_t)(nl + 1 - text) : (size_t)(end - text);

		GROW(ls->v, ls->n, ls->cap);
		ls->v[ls->n++] = (struct line){text, n};
		text += n;
	}
}

static bool same(const struct line *a, const struct line *b)
{
	return a->len == b->len && !memcmp(a->p, b->p, a->len);
}

/*
 * Myers' greedy way: the furthest reaching path on each diagonal, kept for
 * each number of differences d, so that the way back can be walked.
 */
static void match(struct linediff *d, const struct line *a, int n,
		  const struct line *b, int m, int a0, int b0)
{
	int max = n + m, offset = max + 1, found = -1, used = 0;
	int **trace = xcalloc((size_t)max + 2, sizeof(*trace));
	int *v = xcalloc((size_t)(2 * max + 3), sizeof(*v));

	for (int dd = 0; dd <= max && found < 0; dd++) {
		trace[dd] = xmalloc((size_t)(2 * dd + 3) * sizeof(int));
		used = dd + 1;
		memcpy(trace[dd], v + offset - dd - 1,
		       (size_t)(2 * dd + 3) * sizeof(int));
		for (int k = -dd; k <= dd; k += 2) {
			int x = k == -dd || (k != dd && v[offset + k - 1] <
							v[offset + k + 1]) ?
					v[offset + k + 1] :
					v[offset + k - 1] + 1;
			int y = x - k;

			while (x < n && y < m && same(&a[x], &b[y])) {
				x++;
				y++;
			}
			v[offset + k] = x;
			if (x >= n && y >= m)
				found = dd;
		}
	}
	for (int dd = found, x = n, y = m; dd >= 0; dd--) {
		const int *t = trace[dd] + dd + 1;
		int k = x - y;
		int prev = k == -dd || (k != dd && t[k - 1] < t[k + 1]) ?
				   k + 1 :
				   k - 1;
		int px = dd ? t[prev] : 0, py = dd ? px - prev : 0;

		while (x > px && y > py && x > 0 && y > 0 &&
		       same(&a[x - 1], &b[y - 1])) {
			x--;
			y--;
			d->old_of[b0 + y] = a0 + x;
		}
		x = px;
		y = py;
	}
	for (int i = 0; i < used; i++)
		free(trace[i]);
	free(trace);
	free(v);
}

static void diff_lines(struct linediff *d, const struct lines *a,
		       const struct lines *b)
{
	size_t head = 0, tail = 0;

	d->old_lines = a->n;
	d->new_lines = b->n;
	d->old_of = xcalloc(b->n, sizeof(*d->old_of));
	for (size_t i = 0; i < b->n; i++)
		d->old_of[i] = -1;
	while (head < a->n && head < b->n && same(&a->v[head], &b->v[head])) {
		d->old_of[head] = (int)head;
		head++;
	}
	while (tail < a->n - head && tail < b->n - head &&
	       same(&a->v[a->n - 1 - tail], &b->v[b->n - 1 - tail])) {
		d->old_of[b->n - 1 - tail] = (int)(a->n - 1 - tail);
		tail++;
	}
	if (a->n && b->n)
		match(d, a->v + head, (int)(a->n - head - tail), b->v + head,
		      (int)(b->n - head - tail), (int)head, (int)head);
}

void linediff_read(struct linediff *d, const char *old, size_t old_len,
		   const char *new, size_t new_len)
{
	struct lines a = {0}, b = {0};

	split(&a, old, old_len);
	split(&b, new, new_len);
	diff_lines(d, &a, &b);
	free(a.v);
	free(b.v);
}

void linediff_free(struct linediff *d)
{
	free(d->old_of);
	*d = (struct linediff){0};
}

static void add_line(struct strbuf *out, char sign, const struct line *l)
{
	sb_addc(out, sign);
	sb_add(out, l->p, l->len);
	if (l->p[l->len - 1] != '\n')
		sb_adds(out, "\n\\ No newline at end of file\n");
}

/* The function's header above line i, as git and diff -p show it. */
static void add_section(struct strbuf *out, const struct lines *a, size_t i)
{
	while (i-- > 0) {
		const struct line *l = &a->v[i];
		size_t len = l->len;

		if (!isalpha((unsigned char)*l->p) && *l->p != '_' &&
		    *l->p != '$')
			continue;
		while (len && isspace((unsigned char)l->p[len - 1]))
			len--;
		sb_addc(out, ' ');
		sb_add(out, l->p, len > 80 ? 80 : len);
		return;
	}
}

/* Two texts on their way into a patch, and the hunk that is at hand. */
struct hunks {
	const struct linediff *d;
	const struct lines *old, *new;
	size_t a, b;		/* next line in each text */
	struct strbuf body;
	size_t na, nb;		/* lines of each text in the body */
};

/* So many lines from here on are the same in both. */
static size_t common_run(const struct hunks *h)
{
	size_t n = 0;

	while (h->a + n < h->old->n && h->b + n < h->new->n &&
	       h->d->old_of[h->b + n] == (int)(h->a + n))
		n++;
	return n;
}

static void take_common(struct hunks *h, size_t n)
{
	for (; n; n--, h->b++, h->na++, h->nb++)
		add_line(&h->body, ' ', &h->old->v[h->a++]);
}

/* Old lines first, then the new ones, up to what both have. */
static void take_change(struct hunks *h)
{
	size_t end = h->b;

	while (end < h->new->n && h->d->old_of[end] < 0)
		end++;
	for (; h->a < h->old->n &&
	       (end == h->new->n || h->d->old_of[end] > (int)h->a); h->na++)
		add_line(&h->body, '-', &h->old->v[h->a++]);
	for (; h->b < end; h->nb++)
		add_line(&h->body, '+', &h->new->v[h->b++]);
}

/* Writes one hunk that begins with a difference here, and moves behind it. */
static void add_hunk(struct strbuf *out, struct hunks *h)
{
	size_t before = h->a > CONTEXT ? CONTEXT : h->a;
	size_t a0 = h->a -= before, b0 = h->b -= before, run = 0;

	h->na = h->nb = 0;
	sb_reset(&h->body);
	take_common(h, before);
	while (h->a < h->old->n || h->b < h->new->n) {
		take_change(h);
		run = common_run(h);
		/* A long run of common lines ends the hunk. */
		if (run > 2 * CONTEXT ||
		    (h->a + run == h->old->n && h->b + run == h->new->n))
			break;
		take_common(h, run);
	}
	take_common(h, run < CONTEXT ? run : CONTEXT);
	sb_addf(out, "@@ -%zu,%zu +%zu,%zu @@", h->na ? a0 + 1 : a0, h->na,
		h->nb ? b0 + 1 : b0, h->nb);
	add_section(out, h->old, a0);
	sb_addc(out, '\n');
	sb_add(out, sb_str(&h->body), h->body.len);
}

void linediff_patch(struct strbuf *out, const char *path, const char *old,
		    size_t old_len, const char *new, size_t new_len)
{
	struct lines a = {0}, b = {0};
	struct linediff d = {0};
	struct hunks h = {.d = &d, .old = &a, .new = &b};
	bool header = false;

	split(&a, old, old_len);
	split(&b, new, new_len);
	diff_lines(&d, &a, &b);
	while (h.a < a.n || h.b < b.n) {
		if (h.a < a.n && h.b < b.n && d.old_of[h.b] == (int)h.a) {
			h.a++;
			h.b++;
			continue;
		}
		if (!header)
			sb_addf(out, "diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n",
				path, path, path, path);
		header = true;
		add_hunk(out, &h);
	}
	sb_free(&h.body);
	linediff_free(&d);
	free(a.v);
	free(b.v);
}
