/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel-doc comments of functions that got parameters. */
#ifndef RXA_KERNELDOC_H
#define RXA_KERNELDOC_H

#include "layout.h"

/* Adds @uc, @mc and, for a callback that now returns int, "Return:". */
void kerneldoc_follow(struct strbuf *text, const struct layout_func *funcs,
		      size_t count);

#endif
