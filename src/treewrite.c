// SPDX-License-Identifier: GPL-2.0-only
#include "treewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER ".rxasync-core"

/* The folder that will hold the file, or the nearest one above it. */
static char *nearest_folder(const char *tree, const char *path)
{
	char *full = xasprintf("%s/%s", tree, path), *real = NULL, *slash;

	while (!real && strlen(full) > strlen(tree) &&
	       (slash = strrchr(full, '/'))) {
		*slash = '\0';
		real = realpath(full, NULL);
	}
	free(full);
	return real;
}

/* A folder that is a link to elsewhere must not be written through. */
static bool leads_out(const char *tree, const char *path)
{
	char *top = realpath(tree, NULL), *real = nearest_folder(tree, path);
	size_t len = top ? strlen(top) : 0;
	bool out = !real || !top || !starts_with(real, top) ||
		   (real[len] && real[len] != '/');

	free(top);
	free(real);
	return out;
}

static char *join(const char *dir, const char *sub, const char *path)
{
	return xasprintf("%s/%s%s", dir, sub, path);
}

/* Keeps the file for the way back: a link, or a copy where links can't be. */
static int keep_old(const struct tree_write *w, const char *path)
{
	char *from = join(w->tree, "", path), *to = join(w->dir, "old/", path);
	struct strbuf text = {0};
	struct stat st;
	int ret = make_parents(to);

	if (!ret && link(from, to)) {
		ret = file_read(from, &text);
		if (!ret)
			ret = file_write(to, text.buf, text.len);
		if (!ret && !stat(from, &st) && chmod(to, st.st_mode & 07777))
			ret = -errno;
	}
	sb_free(&text);
	free(from);
	free(to);
	return ret;
}

/* The new file gets the old one's permissions, and goes to the disk. */
static int ready_new(const struct tree_write *w, const char *path)
{
	char *old = join(w->tree, "", path);
	char *new = join(w->new_files, "/", path);
	int ret = 0, fd = open(new, O_RDONLY | O_CLOEXEC);
	struct stat was, is;

	if (fd < 0)
		ret = -errno;
	else if (fstat(fd, &is))
		ret = -errno;
	/* Where the patch changes whether it can run, git's own mode. */
	else if (!stat(old, &was) &&
		 !((was.st_mode ^ is.st_mode) & S_IXUSR) &&
		 fchmod(fd, was.st_mode & 07777))
		ret = -errno;
	if (!ret && fsync(fd))
		ret = -errno;
	if (fd >= 0)
		close(fd);
	free(old);
	free(new);
	return ret;
}

/* Folders that the removal of a file has left empty go too, as git does it. */
static void remove_empty(const char *tree, const char *path)
{
	char *full = xasprintf("%s/%s", tree, path), *slash;

	while ((slash = strrchr(full, '/')) && slash > full + strlen(tree)) {
		*slash = '\0';
		if (rmdir(full))
			break;
	}
	free(full);
}

static int change_one(const struct tree_write *w, const char *change)
{
	char *to = join(w->tree, "", change + 2);
	char *from = join(w->new_files, "/", change + 2);
	int ret = 0;

	if (*change == 'D') {
		if (unlink(to))
			ret = -errno;
	} else {
		ret = make_parents(to);
		if (!ret && rename(from, to))
			ret = -errno;
	}
	free(from);
	free(to);
	return ret;
}

/* May be done any number of times. */
static int undo_one(const char *tree, const char *dir, const char *change)
{
	char *to = join(tree, "", change + 2);
	char *old = join(dir, "old/", change + 2);
	int ret = 0;

	if (*change == 'A') {
		if (unlink(to) && errno != ENOENT && errno != ENOTDIR)
			ret = -errno;
		else
			remove_empty(tree, change + 2);
	} else if (file_exists(old)) {
		ret = make_parents(to);
		/* Two names of one file: this leaves both, rightly. */
		if (!ret && rename(old, to))
			ret = -errno;
	}
	free(old);
	free(to);
	return ret;
}

/* By the undo file, if there is one. The first of the errors. */
static int undo(const char *tree, const char *dir)
{
	char *path = join(dir, "", "undo");
	struct strbuf text = {0};
	struct strvec changes = {0};
	int ret = file_read(path, &text);

	if (ret == -ENOENT || ret == -ENOTDIR)
		ret = 0;
	sv_split(&changes, sb_str(&text), "\n");
	for (size_t i = 0; i < changes.n; i++) {
		int error = strlen(changes.v[i]) > 2 ?
				    undo_one(tree, dir, changes.v[i]) : 0;

		ret = ret ? ret : error;
	}
	if (!ret && unlink(path) && errno != ENOENT)
		ret = -errno;
	sv_free(&changes);
	sb_free(&text);
	free(path);
	return ret;
}

bool tree_write_left(const char *tree)
{
	char *path = join(tree, FOLDER "/", "undo");
	bool left = file_exists(path);

	free(path);
	return left;
}

int tree_write_lock(struct tree_write *w, const char *tree)
{
	int ret = 0;

	*w = (struct tree_write){
		.tree = xstrdup(tree),
		.dir = join(tree, "", FOLDER),
		.new_files = join(tree, FOLDER "/", "new"),
		.fd = open(tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
	};
	if (w->fd < 0) {
		ret = -errno;
	} else if (flock(w->fd, LOCK_EX | LOCK_NB)) {
		ret = -errno;
		/* What is in the folder is the other's. */
		close(w->fd);
		w->fd = -1;
	}
	if (!ret && file_exists(w->dir))
		ret = undo(tree, w->dir);
	if (!ret)
		ret = remove_tree(w->dir);
	if (ret)
		tree_write_end(w);
	return ret;
}

int tree_write_begin(struct tree_write *w)
{
	return make_dirs(w->new_files);
}

/* A folder or a dangling link where a new file shall be. */
static bool in_the_way(const struct tree_write *w, const char *path)
{
	char *full = join(w->tree, "", path);
	struct stat st;
	bool there = !lstat(full, &st);

	free(full);
	return there;
}

static int prepare(const struct tree_write *w, const struct strvec *changes)
{
	int ret = 0;

	for (size_t i = 0; i < changes->n && !ret; i++) {
		const char *path = changes->v[i] + 2;

		if (leads_out(w->tree, path))
			ret = -EXDEV;
		else if (*changes->v[i] == 'A' && in_the_way(w, path))
			ret = -EEXIST;
		if (!ret && *changes->v[i] != 'A')
			ret = keep_old(w, path);
		if (!ret && *changes->v[i] != 'D')
			ret = ready_new(w, path);
	}
	return ret;
}

int tree_write_commit(struct tree_write *w, const struct strvec *changes)
{
	char *path = join(w->dir, "", "undo");
	struct strbuf text = {0};
	int ret = prepare(w, changes), error;

	for (size_t i = 0; i < changes->n; i++)
		sb_addf(&text, "%s\n", changes->v[i]);
	if (!ret)
		ret = file_write(path, sb_str(&text), text.len);
	if (!ret) {
		for (size_t i = 0; i < changes->n && !ret; i++)
			ret = change_one(w, changes->v[i]);
		/* With this they are done. */
		if (!ret && unlink(path))
			ret = -errno;
		error = ret ? undo(w->tree, w->dir) : 0;
		if (error)
			err("%s: not all could be taken back (%s): the old files are in %s/old",
			    w->tree, strerror(-error), w->dir);
	}
	for (size_t i = 0; i < changes->n && !ret; i++)
		if (*changes->v[i] == 'D')
			remove_empty(w->tree, changes->v[i] + 2);
	sb_free(&text);
	free(path);
	return ret;
}

void tree_write_end(struct tree_write *w)
{
	/* While undo is there, old/ is needed. */
	if (w->fd >= 0 && w->dir && !tree_write_left(w->tree))
		remove_tree(w->dir);
	if (w->fd >= 0)
		close(w->fd);
	free(w->tree);
	free(w->dir);
	free(w->new_files);
	*w = (struct tree_write){.fd = -1};
}
