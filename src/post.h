/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The post-conditions of a conversion: the result is read anew, as if nobody
 * knew how it came about, and held against the plan.
 */
#ifndef RXA_POST_H
#define RXA_POST_H

#include "plan.h"

/* One file of the unit, before and after. */
struct converted_file {
	char *path;
	struct strbuf old;
	struct strbuf raw;	/* as spatch left it */
	struct strbuf new;	/* laid out */
};

/*
 * NULL where all holds; else what does not, in one line with its place; the
 * caller frees it.
 */
char *post_check(const struct session *s, const struct unit *u,
		 const struct converted_file *files, size_t n);

#endif
