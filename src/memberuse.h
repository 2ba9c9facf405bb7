/* SPDX-License-Identifier: GPL-2.0-only */
/* Uses of a struct's member in files that belong to other modules. */
#ifndef RXA_MEMBERUSE_H
#define RXA_MEMBERUSE_H

#include "cmodule.h"

/*
 * A .c or .h file, not of the module, that has "->member" or ".member" and
 * may include the header: one below the folder above the header's, or for a
 * header of include/ the first such in the tree. NULL where there is none; the
 * caller frees it.
 */
char *member_user(const struct cmodule *mod, const char *header,
		  const char *member);

#endif
