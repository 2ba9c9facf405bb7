/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Several files of the user's tree replaced at once: all of them or none,
 * even where the program is killed on the way. Each new file takes the name of
 * the old one by rename, so that other names of the old one (hard links, farms
 * of links) keep the old text.
 *
 * In the tree's folder .rxasync-core, while it is there:
 *	new/<path>	the new files
 *	old/<path>	the old ones, linked
 *	undo		the changes; as long as it is there, they are not done
 */
#ifndef RXA_TREEWRITE_H
#define RXA_TREEWRITE_H

#include "util.h"

struct tree_write {
	char *tree;
	char *dir;		/* .rxasync-core */
	char *new_files;	/* for the caller to fill */
	int fd;			/* holds the lock on the tree */
};

/* Was a write of this tree killed on its way? */
bool tree_write_left(const char *tree);
/*
 * Locks the tree, and takes back what a killed write has left. -errno;
 * -EWOULDBLOCK where another holds the lock. Without -errno, end it with
 * tree_write_end().
 */
int tree_write_lock(struct tree_write *w, const char *tree);
/* Makes the folder for the new files. -errno. */
int tree_write_begin(struct tree_write *w);
/*
 * Does the changes, "M\tpath", "A\tpath" and "D\tpath". -errno, the tree as
 * before then; -EXDEV where a path leads out of the tree through a link.
 */
int tree_write_commit(struct tree_write *w, const struct strvec *changes);
void tree_write_end(struct tree_write *w);

#endif
