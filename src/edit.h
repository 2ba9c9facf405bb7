/* SPDX-License-Identifier: GPL-2.0-only */
/* Changes of a text, collected and made in one go. */
#ifndef RXA_EDIT_H
#define RXA_EDIT_H

#include "util.h"

struct edit {
	size_t from, to;	/* bytes that it replaces, to excluded */
	char *text;
};

struct edits {
	struct edit *v;
	size_t n, cap;
};

/* Takes the text over. Of edits that overlap, the first one added counts. */
void edit_add(struct edits *es, size_t from, size_t to, char *text);
/* Forgets them. */
void edits_forget(struct edits *es);
/* Makes all of them and forgets them; false where there were none. */
bool edits_apply(struct edits *es, struct strbuf *text);

#endif
