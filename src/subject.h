/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Subject lines: the prefix that a path's own history uses, or else the one
 * that its place in the tree suggests, and the tree that it would go to.
 */
#ifndef RXA_SUBJECT_H
#define RXA_SUBJECT_H

#include "git.h"
#include "util.h"

#define SUBJECT_MAX 75

/* "net: realtek: 8139too:" from the paths alone; the caller frees it. */
char *subject_from_paths(const struct strvec *files);
/* The maintainers' tree that takes the path: "net-next", "wireless-next". */
const char *subject_tree(const char *path);

/*
 * "prefix change", with parts of the prefix left out from the middle until
 * it fits into SUBJECT_MAX columns. The caller frees it.
 */
char *subject_make(const char *prefix, const char *change);
/*
 * One more part that tells the file from its siblings: "net: dec: tulip:"
 * becomes "net: dec: tulip: dmfe:". The caller frees it.
 */
char *subject_narrow(const char *prefix, const char *file);

/* The prefixes of recent commits, by file. */
struct history;
/* One walk over the last years of the tree; NULL where there is no git. */
struct history *history_read(const struct git_tree *gt, long long date,
			     const struct strvec *files);
void history_free(struct history *h);
/* Notes one commit's subject for a file. */
void history_add(struct history *h, const char *file, const char *subject);
struct history *history_new(void);
/*
 * The prefix that the files' commits use most, if it says something of these
 * files; NULL where there is none. The caller frees it.
 */
char *history_prefix(const struct history *h, const struct strvec *files);

#endif
