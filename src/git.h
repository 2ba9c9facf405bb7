/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git by its command line. A repository of ours is named by its --git-dir and
 * sees no configuration of the user's; the user's own tree is only read.
 */
#ifndef RXA_GIT_H
#define RXA_GIT_H

#include "job.h"
#include "util.h"

/*
 * Is git there, and new enough? Also drops GIT_DIR and its like from our
 * environment. 0 with the version in *version (the caller frees it), or an
 * exit code after a message.
 */
int git_probe(char **version);

/* What git knows of a kernel tree. */
struct git_tree {
	char *path;
	char *head;		/* commit, or NULL where it is no repository */
	char *objects;		/* its object store, an absolute path */
	char *format;		/* "sha1" or "sha256" */
};

/*
 * Looks at the tree. A tree that is only a folder of some larger repository,
 * or that has no commit, counts as none. 0, or an exit code after a message.
 */
int git_tree_open(struct git_tree *gt, const char *tree);
void git_tree_free(struct git_tree *gt);

/*
 * "Name <mail>" as git is configured for this tree; where it is not, a
 * placeholder and a warning. The caller frees it.
 */
char *git_identity(const struct git_tree *gt);
/* Seconds since 1970 for the commits: the same whenever it is asked. */
long long git_date(const struct git_tree *gt);

/* A bare repository of ours, with the tree's objects behind it. -errno. */
int git_init_private(const char *dir, const struct git_tree *gt);

/* A command on a repository of ours; more words and ->env may be added. */
struct job *git_job(const char *git_dir, const char *command, ...)
	__attribute__((sentinel));
/* A command that reads the user's tree. */
struct job *git_tree_job(const struct git_tree *gt, const char *command, ...)
	__attribute__((sentinel));

/*
 * Runs the job and frees it. stdout goes to *out, if given, without its last
 * newline. -errno, -EIO after a message with git's own words where git failed.
 */
int git_run(struct job *job, char **out);

#endif
