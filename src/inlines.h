/* SPDX-License-Identifier: GPL-2.0-only */
/* What netdev's CI says of "inline" in a patch. */
#ifndef RXA_INLINES_H
#define RXA_INLINES_H

#include "util.h"

/*
 * Adds a line for each file.c that gets more or fewer lines with "inline" than
 * it had, and for each static function that a header gets without it.
 */
void inlines_check(const char *patch, struct strvec *remarks);

#endif
