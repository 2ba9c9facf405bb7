/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that are named to run later, as the body of a work. */
#ifndef RXA_LATER_H
#define RXA_LATER_H

#include "cmodule.h"

/*
 * Is the function that is named at the token of `in` given to INIT_WORK() and
 * its like, and to nothing else, there or in the function that gets it?
 */
bool later_named(const struct cmodule *mod, const struct cfunc *in, size_t tok);

#endif
