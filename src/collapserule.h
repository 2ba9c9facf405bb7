/* SPDX-License-Identifier: GPL-2.0-only */
/* The pieces of a semantic patch that do a callback's work in its place. */
#ifndef RXA_COLLAPSERULE_H
#define RXA_COLLAPSERULE_H

#include "collapse.h"
#include "filler.h"

/* Adds them; they stand in front of all others. */
void collapse_rules(struct filler *f, const struct collapse *c);

#endif
