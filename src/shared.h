/* SPDX-License-Identifier: GPL-2.0-only */
/* State that two parts of a module work on, at least one of them writing. */
#ifndef RXA_SHARED_H
#define RXA_SHARED_H

#include "graph.h"

/*
 * What the tokens from..to-1 of the file share with the callbacks' paths: a
 * member's name, or "the device's registers" where both write such. NULL for
 * nothing. The caller frees it.
 */
char *shared_state(const struct graph *g, const struct csource *src,
		   size_t from, size_t to);

#endif
