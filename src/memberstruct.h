/* SPDX-License-Identifier: GPL-2.0-only */
/* What a struct with function pointers shows of uses that are hard to see. */
#ifndef RXA_MEMBERSTRUCT_H
#define RXA_MEMBERSTRUCT_H

#include "cmodule.h"

struct member_gap {
	const struct csource *src;
	size_t tok;
	char *why;		/* the caller frees it */
};

/*
 * The tag of the struct in whose body the declarator "(*name)" at tok stands:
 * "" for one without; NULL where it is no member of a struct. The caller frees
 * it.
 */
char *member_struct_around(const struct ctokens *ts, size_t tok);
/*
 * Is the struct, or one that holds it, given its values by position, or named
 * by a typedef?
 */
bool member_struct_gap(const struct cmodule *mod, const char *tag,
		       struct member_gap *gap);
/*
 * Adds the sources outside of the module that include the header which declares
 * the member, and use it or one of the macros.
 */
void member_struct_elsewhere(const struct cmodule *mod,
			     const struct csource *header, const char *member,
			     const struct strvec *macros,
			     struct strvec *outside);

#endif
