/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits: a bare repository of ours in which each patch is a commit, on
 * one branch for all and one for each wave. It stands on the tree's own HEAD
 * where the tree is a git repository; else on a commit that holds only the
 * files that the series touches. The tree itself is only read.
 */
#ifndef RXA_COMMITS_H
#define RXA_COMMITS_H

#include "git.h"
#include "patch.h"
#include "session.h"

struct commits {
	const struct session *s;
	const struct git_tree *gt;
	const char *dir;	/* the folder that is being made */
	char *repo;		/* DIR/git */
	const char *branch;
	size_t waves;		/* how many there are */
	const char *prefix;	/* "PATCH %s" with the tree's name, or whole */
	char *identity;
	long long date;
	char *base;		/* commit under all branches */
	char *sparse;		/* a commit of the touched files alone */
};

/*
 * Fills in each file's ->mode and ->before from the tree. A patch with a file
 * that is not there, or not as in HEAD, is marked ->unfit, with a message.
 * 0, or an exit code after a message.
 */
int commits_look(const struct git_tree *gt, struct patch *patches, size_t n);

/*
 * The repository, and ->after of each file by applying the patches in their
 * order; checked against the converted files that convert left. 0, or an
 * exit code after a message.
 */
int commits_apply(struct commits *c, struct patch *patches, size_t n);
/* The branches. The patches are in the order of waves. -errno as git_run(). */
int commits_make(struct commits *c, struct patch *patches, size_t n);
/* git format-patch of one wave (n patches) into DIR/wave-NN. -errno. */
int commits_format(struct commits *c, struct patch *patches, size_t n);
/*
 * git am of the wave on the files as they were: do the same files come out?
 * 0, or -errno, -EIO after a message where they do not.
 */
int commits_verify(struct commits *c, struct patch *patches, size_t n);
void commits_free(struct commits *c);

#endif
