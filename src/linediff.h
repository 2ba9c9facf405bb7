/* SPDX-License-Identifier: GPL-2.0-only */
/* Two texts line by line: which lines are new, and a unified diff. */
#ifndef RXA_LINEDIFF_H
#define RXA_LINEDIFF_H

#include "util.h"

struct linediff {
	/* For each line of the new text: its line in the old one, or -1. */
	int *old_of;
	size_t new_lines, old_lines;
};

void linediff_read(struct linediff *d, const char *old, size_t old_len,
		   const char *new, size_t new_len);
void linediff_free(struct linediff *d);

/*
 * Adds a git-style diff of the file, three lines of context, paths a/ and b/;
 * nothing where both are the same.
 */
void linediff_patch(struct strbuf *out, const char *path, const char *old,
		    size_t old_len, const char *new, size_t new_len);

#endif
