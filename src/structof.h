/* SPDX-License-Identifier: GPL-2.0-only */
/* Which struct a member at hand belongs to: two locks of one name differ. */
#ifndef RXA_STRUCTOF_H
#define RXA_STRUCTOF_H

#include "cmodule.h"

/*
 * The tag of the struct that holds the member at tok ("p->lock", "x.y.lock"):
 * "" for a variable of its own, NULL where it is not known. The caller frees
 * it.
 */
char *struct_of_member(const struct cmodule *mod, const struct csource *src,
		       size_t tok);
/* Two members of one name: may they be the same? Unknown ones may. */
bool struct_of_may_be(const char *a, const char *b);

#endif
