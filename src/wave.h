/* SPDX-License-Identifier: GPL-2.0-only */
/* Which patches go out together: waves of a bounded size. */
#ifndef RXA_WAVE_H
#define RXA_WAVE_H

#include <stdbool.h>
#include <stddef.h>

struct wave_item {
	const char *path;	/* of the driver, inside the tree */
	const char *tree;	/* the maintainers' tree; waves never mix two */
	bool late;		/* goes to waves of its own behind the others */
	size_t glue;		/* items of one number stay together */
	size_t wave, number;	/* the result, both from 1 */
	void *data;		/* the caller's */
};

/*
 * Sorts the items by wave and by number in it, and returns the count of
 * waves. A folder's drivers stay together where they fit into `max`; items
 * that are glued do so even where they don't.
 */
size_t waves_assign(struct wave_item *items, size_t n, size_t max);

#endif
