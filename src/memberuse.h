/* SPDX-License-Identifier: GPL-2.0-only */
/* Uses of a struct's member in files that belong to other modules. */
#ifndef RXA_MEMBERUSE_H
#define RXA_MEMBERUSE_H

#include "cmodule.h"

/*
 * Adds the .c and .h files, none of the module's, that have "->member" or
 * ".member" and may include the header: below the folder above the header's.
 * A header of include/ has users that are not looked for: something is added.
 */
void member_users(const struct cmodule *mod, const char *header,
		  const char *member, struct strvec *users);

#endif
