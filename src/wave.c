// SPDX-License-Identifier: GPL-2.0-only
#include "wave.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

#define MAIN_TREE "net-next"
/* A vendor's folder is the fourth: drivers/net/ethernet/intel. */
#define FOLDER_PARTS 4

struct packer {
	size_t *fill;		/* by wave number less one */
	size_t count, cap;
	size_t first;		/* the first wave of this tree */
	size_t max;
};

/* The length of the folder by which the path is grouped. */
static size_t folder_length(const char *path)
{
	size_t len = 0;
	int parts = 0;

	for (size_t i = 0; path[i] && parts < FOLDER_PARTS; i++) {
		if (path[i] != '/')
			continue;
		len = i;
		parts++;
	}
	return len;
}

static int compare_trees(const struct wave_item *a, const struct wave_item *b)
{
	if (a->late != b->late)
		return a->late - b->late;
	if (!strcmp(a->tree, b->tree))
		return 0;
	if (!strcmp(a->tree, MAIN_TREE))
		return -1;
	if (!strcmp(b->tree, MAIN_TREE))
		return 1;
	return strcmp(a->tree, b->tree);
}

static int compare_paths(const void *va, const void *vb)
{
	const struct wave_item *a = va, *b = vb;
	size_t la = folder_length(a->path), lb = folder_length(b->path);
	int c = compare_trees(a, b);

	if (!c)
		c = strncmp(a->path, b->path, la < lb ? la : lb);
	if (!c && la != lb)
		c = la < lb ? -1 : 1;
	if (!c)
		c = strcmp(a->path, b->path);
	return c ? c : a->number < b->number ? -1 : 1;
}

static bool same_folder(const struct wave_item *a, const struct wave_item *b)
{
	size_t la = folder_length(a->path);

	return !compare_trees(a, b) && la == folder_length(b->path) &&
	       !strncmp(a->path, b->path, la);
}

static int compare_results(const void *va, const void *vb)
{
	const struct wave_item *a = va, *b = vb;

	if (a->wave != b->wave)
		return a->wave < b->wave ? -1 : 1;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return 0;
}

/* A wave of this tree with room: the last one, else the first, else new. */
static size_t find_room(struct packer *p, size_t size)
{
	if (p->count > p->first && p->fill[p->count - 1] + size <= p->max)
		return p->count - 1;
	for (size_t i = p->first; i < p->count; i++)
		if (p->fill[i] + size <= p->max)
			return i;
	GROW(p->fill, p->count, p->cap);
	p->fill[p->count] = 0;
	return p->count++;
}

/* What is glued comes right behind its first one. */
static void pull_together(struct wave_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t to = i + 1;

		for (size_t k = i + 1; k < n; k++) {
			struct wave_item item = items[k];

			if (item.glue != items[i].glue)
				continue;
			memmove(&items[to + 1], &items[to],
				(k - to) * sizeof(*items));
			item.tree = items[i].tree;
			item.late = items[i].late;
			items[to++] = item;
		}
		i = to - 1;
	}
}

static size_t glued(const struct wave_item *items, size_t n)
{
	size_t k = 1;

	while (k < n && items[k].glue == items[0].glue)
		k++;
	return k;
}

static void place(struct packer *p, struct wave_item *items, size_t n)
{
	size_t w;

	if (!n)
		return;
	w = find_room(p, n);
	for (size_t i = 0; i < n; i++)
		items[i].wave = w + 1;
	p->fill[w] += n;
}

/* One folder's drivers, in as few pieces as the bound allows. */
static void place_folder(struct packer *p, struct wave_item *items, size_t n)
{
	size_t piece = 0;

	for (size_t i = 0; i < n;) {
		size_t k = glued(items + i, n - i);

		if (piece && piece + k > p->max) {
			place(p, items + i - piece, piece);
			piece = 0;
		}
		piece += k;
		i += k;
	}
	place(p, items + n - piece, piece);
}

size_t waves_assign(struct wave_item *items, size_t n, size_t max)
{
	struct packer p = {.max = max ? max : 1};
	size_t number = 0;

	if (!n)
		return 0;
	for (size_t i = 0; i < n; i++)
		items[i].number = i;
	qsort(items, n, sizeof(*items), compare_paths);
	pull_together(items, n);
	for (size_t i = 0, k; i < n; i = k) {
		if (i && compare_trees(&items[i - 1], &items[i]))
			p.first = p.count;
		for (k = i + 1; k < n && (same_folder(&items[i], &items[k]) ||
					  items[k].glue == items[k - 1].glue);)
			k++;
		place_folder(&p, items + i, k - i);
	}
	for (size_t i = 0; i < n; i++)
		items[i].number = i;
	qsort(items, n, sizeof(*items), compare_results);
	for (size_t i = 0; i < n; i++) {
		number = i && items[i].wave == items[i - 1].wave ? number + 1 :
								    1;
		items[i].number = number;
	}
	free(p.fill);
	return p.count;
}
