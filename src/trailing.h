/* SPDX-License-Identifier: GPL-2.0-only */
/* Comments behind what was rewritten on their line. */
#ifndef RXA_TRAILING_H
#define RXA_TRAILING_H

#include "util.h"

/*
 * On new lines, such a comment keeps its column where it can; where the line
 * got too long by it, it goes above.
 */
void trailing_comments(struct strbuf *text, const char *old, size_t old_len);

#endif
