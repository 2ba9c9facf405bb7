/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A source folder for kbuild that stands in for the user's tree, which is
 * never written: links to its files, some of them replaced by others.
 */
#ifndef RXA_SHADOW_H
#define RXA_SHADOW_H

#include "util.h"

/*
 * Makes the shadow, or brings it up to date: what was added to the tree or
 * taken from it since, and whatever was replaced, is as in the tree again.
 *
 * Folders of the tree are one link each, but those at, below and above a path
 * of `real` are folders, so that "../x.h" from there stays in the shadow; an
 * empty string there means all. What a build inside the tree left behind
 * (.config, objects, generated headers) has no link. Folders at the shadow's
 * top whose names begin with "obj-" are left alone. Returns -errno.
 */
int shadow_sync(const char *shadow, const char *tree,
		const struct strvec *real);

/*
 * The file `from` stands for the tree-relative path from now on, as a copy
 * that is newer than anything built so far. -errno; -ELOOP where its folder
 * is a link into the tree.
 */
int shadow_replace(const char *shadow, const char *path, const char *from);
/* The tree's own file again, or none where the tree has none. -errno. */
int shadow_restore(const char *shadow, const char *tree, const char *path);

/* Was the tree built in place, without O=? */
bool tree_is_dirty(const char *tree);

#endif
