/* SPDX-License-Identifier: GPL-2.0-only */
/* The core series written into the user's tree, all of it or none. */
#ifndef RXA_COREAPPLY_H
#define RXA_COREAPPLY_H

#include "corefit.h"
#include "git.h"
#include "session.h"
#include "treewrite.h"

/* How a series would come into the tree. */
struct core_way {
	struct git_tree git;
	char *why_not;		/* no commits, and why; NULL where git am can */
};

/*
 * Looks at how it can be done. 0, or an exit code after a message, as where
 * git is in the middle of something in this tree.
 */
int core_way_find(struct core_way *way, const struct session *s,
		  const struct core_fit *fit);
void core_way_free(struct core_way *way);

/*
 * The lock under which the tree is looked at and written. Takes back what a
 * killed run has left half-done. 0, or an exit code after a message.
 */
int core_lock(struct tree_write *w, const struct session *s);
/*
 * Applies what a fit of CORE_APPLIES found. 0, or an exit code after a
 * message, the tree as before then.
 */
int core_apply(struct tree_write *w, const struct session *s,
	       struct core_fit *fit, const struct core_way *way);

#endif
