/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who names whom in some C sources, to find into which functions another one
 * may have been inlined.
 */
#ifndef RXA_OBJCALLS_H
#define RXA_OBJCALLS_H

#include "csource.h"

struct objcalls {
	struct objcaller {
		char *name;
		struct strvec callees;	/* one entry for each place */
	} *v;
	size_t n, cap;
};

/* Adds the functions of a source. */
void objcalls_add(struct objcalls *c, const struct csource *src);
void objcalls_free(struct objcalls *c);
/* The next of that name behind `after` (NULL: the first), or NULL. */
const struct objcaller *objcalls_find(const struct objcalls *c,
				      const char *name,
				      const struct objcaller *after);
/* In how many places does the caller name it? */
size_t objcaller_count(const struct objcaller *caller, const char *callee);

#endif
