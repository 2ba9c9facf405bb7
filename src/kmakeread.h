/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One Kbuild Makefile as a list of "this object or folder belongs to that".
 * The lower half of kmakefile.h.
 */
#ifndef RXA_KMAKEREAD_H
#define RXA_KMAKEREAD_H

#include "util.h"

struct kmake_entry {
	char *target; /* tree-relative: "drivers/net/dummy.o", "net/core/" */
	char *owner;  /* the composite object it is part of; NULL in obj-* */
	/* The symbols of this line: the list's own first, then its ifdefs'. */
	struct strvec configs;
	bool switched; /* configs.v[0] is the list's own symbol */
};

struct kmake_dir {
	char *dir; /* tree-relative, "" for the top */
	struct kmake_entry *v;
	size_t n, cap;
};

/*
 * Reads Kbuild, or else Makefile, of a folder of the tree; under arch/X both.
 * A folder with neither has no entries. Free with kmake_free().
 */
struct kmake_dir *kmake_read(const char *tree, const char *dir);
/* The same from a text, as if it were the folder's; `tree` may be NULL. */
struct kmake_dir *kmake_parse(const char *tree, const char *dir,
			      const char *text);
void kmake_free(struct kmake_dir *d);

#endif
