/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts of lists that nothing depends on. */
#ifndef RXA_TOLD_H
#define RXA_TOLD_H

#include "listuse.h"

/*
 * Is the use a count that goes into messages alone, itself or through a local
 * variable? Then it does not matter which of two lists is counted.
 */
bool use_is_told(const struct cfunc *f, const struct list_use *use);

#endif
