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

struct hunk {
	size_t a, b;		/* next line in each text */
};

/* Writes one hunk that begins with a difference at *h; moves *h behind it. */
static void add_hunk(struct strbuf *out, const struct linediff *d,
		     const struct lines *a, const struct lines *b,
		     struct hunk *h)
{
	size_t a0 = h->a > CONTEXT ? h->a - CONTEXT : 0;
	size_t b0 = h->b - (h->a - a0), na = 0, nb = 0, quiet = 0;
	struct strbuf body = {0};

	for (size_t i = a0; i < h->a; i++, na++, nb++)
		add_line(&body, ' ', &a->v[i]);
	while (h->a < a->n || h->b < b->n) {
		bool paired = h->a < a->n && h->b < b->n &&
			      d->old_of[h->b] == (int)h->a;

		if (paired) {
			size_t run = 0;

			while (h->a + run < a->n && h->b + run < b->n &&
			       d->old_of[h->b + run] == (int)(h->a + run))
				run++;
			/* A long run of common lines ends the hunk. */
			if (run > 2 * CONTEXT ||
			    (h->a + run == a->n && h->b + run == b->n)) {
				quiet = run < CONTEXT ? run : CONTEXT;
				break;
			}
			for (; run; run--, na++, nb++) {
				add_line(&body, ' ', &a->v[h->a++]);
				h->b++;
			}
		} else if (h->a < a->n &&
			   (h->b == b->n || d->old_of[h->b] < 0 ||
			    d->old_of[h->b] > (int)h->a)) {
			/* Old lines first, then the new ones. */
			if (h->b < b->n && d->old_of[h->b] < 0) {
				size_t k = h->b;

				while (k < b->n && d->old_of[k] < 0)
					k++;
				while (h->a < a->n &&
				       (k == b->n ||
					d->old_of[k] > (int)h->a)) {
					add_line(&body, '-', &a->v[h->a++]);
					na++;
				}
				for (; h->b < k; nb++)
					add_line(&body, '+', &b->v[h->b++]);
			} else {
				add_line(&body, '-', &a->v[h->a++]);
				na++;
			}
		} else {
			add_line(&body, '+', &b->v[h->b++]);
			nb++;
		}
	}
	for (; quiet; quiet--, na++, nb++) {
		add_line(&body, ' ', &a->v[h->a++]);
		h->b++;
	}
	sb_addf(out, "@@ -%zu,%zu +%zu,%zu @@", na ? a0 + 1 : a0, na,
		nb ? b0 + 1 : b0, nb);
	add_section(out, a, a0);
	sb_addc(out, '\n');
	sb_add(out, sb_str(&body), body.len);
	sb_free(&body);
}

void linediff_patch(struct strbuf *out, const char *path, const char *old,
		    size_t old_len, const char *new, size_t new_len)
{
	struct lines a = {0}, b = {0};
	struct linediff d = {0};
	struct hunk h = {0};
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
		add_hunk(out, &d, &a, &b, &h);
	}
	linediff_free(&d);
	free(a.v);
	free(b.v);
}
