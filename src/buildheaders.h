/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel-doc of the headers that a unit's conversion changes: kbuild's W=1
 * only asks it about .c files.
 */
#ifndef RXA_BUILDHEADERS_H
#define RXA_BUILDHEADERS_H

#include "buildsetup.h"

/* Adds what the tree's own kernel-doc says of them now and did not before. */
void build_headers_check(const struct build *b, const struct build_unit *u,
			 struct strvec *new_warnings);

#endif
