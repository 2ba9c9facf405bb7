/* SPDX-License-Identifier: GPL-2.0-only */
/* What spatch leaves untidy: bodies, braces, comments, line ends. */
#ifndef RXA_TIDY_H
#define RXA_TIDY_H

#include "layout.h"

/* Only white space changes. `old` is the text before spatch. */
void tidy_text(struct strbuf *text, const char *old, size_t old_len,
	       const struct layout_func *funcs, size_t count);
/* Lines end as those of the old text do, if all of them end with CR and LF. */
void tidy_line_ends(struct strbuf *text, const char *old, size_t old_len);

#endif
