/* SPDX-License-Identifier: GPL-2.0-only */
/* Comments that a conversion makes untrue. */
#ifndef RXA_STALE_H
#define RXA_STALE_H

#include "layout.h"

/*
 * Is there a paragraph in the comment that says nothing but under which locks
 * of the core it is called, or that it can't sleep for that?
 */
bool stale_claims(const char *comment, size_t len);

/*
 * Above a callback that does not keep the old context, such paragraphs go. What
 * names the old operation above or in a function that changes names the new one.
 */
void stale_follow(struct strbuf *text, const struct layout_func *funcs,
		  size_t count);

#endif
