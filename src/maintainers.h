/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree's MAINTAINERS file: who looks after a path. Patterns (F:, X:, N:)
 * are understood as scripts/get_maintainer.pl understands them.
 */
#ifndef RXA_MAINTAINERS_H
#define RXA_MAINTAINERS_H

#include <stddef.h>

struct maintainer_entry {
	const char *title;	/* "8139TOO/8139CP ..." */
	const char *status;	/* the S: line, or NULL where there is none */
};

struct maintainers;

/* TREE/MAINTAINERS; NULL and a negative errno in *error where unreadable. */
struct maintainers *maintainers_read(const char *tree, int *error);
/* The same from text of any kind; `tree` says which patterns are folders. */
struct maintainers *maintainers_parse(const char *tree, const char *text,
				      size_t len);
void maintainers_free(struct maintainers *m);

/*
 * The most specific entry for a path inside the tree, NULL where none is.
 * Deeper patterns win, then longer ones, then the entry that stands first.
 * The result lives as long as `m`.
 */
const struct maintainer_entry *maintainers_find(const struct maintainers *m,
						const char *path);

#endif
