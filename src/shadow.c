// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shadow.h"

/* At the shadow's top: the tree that it shadows. */
#define MARK ".rxasync-shadow"

struct entry {
	char *name;
	bool dir;
};

struct listing {
	struct entry *v;
	size_t n, cap;
};

struct sync {
	const char *shadow, *tree;
	const struct strvec *real;
};

static int by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static bool entry_is_dir(DIR *dir, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return !fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISDIR(st.st_mode);
}

static int list_dir(const char *path, struct listing *l)
{
	DIR *dir = opendir(path);
	struct dirent *e;

	if (!dir)
		return -errno;
	while ((e = readdir(dir))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		GROW(l->v, l->n, l->cap);
		l->v[l->n++] = (struct entry){
			.name = xstrdup(e->d_name),
			.dir = entry_is_dir(dir, e),
		};
	}
	closedir(dir);
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_name);
	return 0;
}

static void free_listing(struct listing *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].name);
	free(l->v);
}

/* Is the folder at, below or above one that must be real? */
static bool is_real(const struct sync *s, const char *path)
{
	size_t n = strlen(path);

	for (size_t i = 0; i < s->real->n; i++) {
		const char *r = s->real->v[i];
		size_t m = strlen(r);

		if (!m || !n)
			return true;
		if (!strncmp(r, path, n < m ? n : m) &&
		    (n == m || (n < m ? r[n] : path[m]) == '/'))
			return true;
	}
	return !n;
}

/* What a build in the tree leaves there, and what is not source. */
static bool is_artefact(const char *dir, const struct entry *e)
{
	static const char *const ends[] = {
		".o",	".ko", ".a",	 ".cmd",     ".mod", ".mod.c",
		".s",	".so", ".order", ".symvers", ".dtb", ".gcno",
		".lst", ".su", ".dtbo",	 ".ll",
	};
	static const char *const starts[] = {".git", ".tmp_", ".config",
					     "vmlinux.", ".vmlinux"};

	if (e->dir)
		return !strcmp(e->name, ".git") ||
		       (ends_with(dir, "include") &&
			(!strcmp(e->name, "generated") ||
			 (!strcmp(dir, "include") &&
			  !strcmp(e->name, "config"))));
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (ends_with(e->name, ends[i]))
			return true;
	if (STARTS_IN(e->name, starts) && !ends_with(e->name, ".S") &&
	    !ends_with(e->name, ".h"))
		return true;
	return !*dir &&
	       (!strcmp(e->name, "vmlinux") || !strcmp(e->name, "System.map"));
}

static bool is_ours(const char *dir, const struct entry *e)
{
	return !*dir &&
	       (starts_with(e->name, "obj-") || !strcmp(e->name, MARK));
}

static char *inside(const char *dir, const char *name)
{
	return *dir ? xasprintf("%s/%s", dir, name) : xstrdup(name);
}

static int sync_dir(const struct sync *s, const char *dir);

/* Makes what `have` is, NULL for nothing, into what the tree has. */
static int sync_entry(const struct sync *s, const char *dir,
		      const struct entry *want, const struct entry *have)
{
	char *path = inside(dir, want ? want->name : have->name);
	char *at = xasprintf("%s/%s", s->shadow, path);
	bool folder = want && want->dir && is_real(s, path);
	int ret = 0;

	if (have && (!want || have->dir != folder))
		ret = have->dir ? remove_tree(at) : unlink(at) ? -errno : 0;
	if (want && folder) {
		if (!ret && (!have || !have->dir) && mkdir(at, 0777))
			ret = -errno;
		if (!ret)
			ret = sync_dir(s, path);
	} else if (want && !ret) {
		char *target = xasprintf("%s/%s", s->tree, path);
		char old[4096];
		ssize_t n = have && !have->dir ? readlink(at, old, sizeof(old))
					       : -1;

		if (n < 0 || (size_t)n != strlen(target) ||
		    memcmp(old, target, (size_t)n)) {
			unlink(at);
			if (symlink(target, at))
				ret = -errno;
		}
		free(target);
	}
	free(at);
	free(path);
	return ret;
}

static int sync_dir(const struct sync *s, const char *dir)
{
	struct listing want = {0}, have = {0};
	char *from = xasprintf("%s/%s", s->tree, dir);
	char *to = xasprintf("%s/%s", s->shadow, dir);
	int ret = list_dir(from, &want);
	size_t i = 0, k = 0;

	if (!ret)
		ret = list_dir(to, &have);
	while (!ret && (i < want.n || k < have.n)) {
		const struct entry *w = i < want.n ? &want.v[i] : NULL;
		const struct entry *h = k < have.n ? &have.v[k] : NULL;
		int order = !w ? 1 : !h ? -1 : strcmp(w->name, h->name);

		if (order > 0)
			w = NULL;
		if (order < 0)
			h = NULL;
		i += w != NULL;
		k += h != NULL;
		if (h && is_ours(dir, h))
			continue;
		if (w && is_artefact(dir, w))
			w = NULL;
		if (w || h)
			ret = sync_entry(s, dir, w, h);
	}
	free_listing(&want);
	free_listing(&have);
	free(from);
	free(to);
	return ret;
}

/* A shadow of another tree is of no use, with all that was built in it. */
static int begin(const struct sync *s)
{
	char *mark = xasprintf("%s/%s", s->shadow, MARK);
	struct strbuf text = {0};
	int ret = 0;

	if (file_read(mark, &text) || strcmp(sb_str(&text), s->tree)) {
		ret = remove_tree(s->shadow);
		if (!ret)
			ret = make_dirs(s->shadow);
		if (!ret)
			ret = file_write(mark, s->tree, strlen(s->tree));
	}
	sb_free(&text);
	free(mark);
	return ret;
}

int shadow_sync(const char *shadow, const char *tree, const struct strvec *real)
{
	struct sync s = {.shadow = shadow, .tree = tree, .real = real};
	int ret = begin(&s);

	return ret ? ret : sync_dir(&s, "");
}

/* Behind a link to a folder lies the user's tree, which is never written. */
static int check_parents(const char *shadow, const char *path)
{
	int ret = 0;

	for (const char *s = strchr(path, '/'); s && !ret;
	     s = strchr(s + 1, '/')) {
		char *dir = xasprintf("%s/%.*s", shadow, (int)(s - path), path);
		struct stat st;

		if (!lstat(dir, &st) && !S_ISDIR(st.st_mode))
			ret = -ELOOP;
		free(dir);
	}
	return ret;
}

int shadow_replace(const char *shadow, const char *path, const char *from)
{
	char *at = xasprintf("%s/%s", shadow, path);
	struct strbuf text = {0};
	int ret = check_parents(shadow, path);

	if (!ret)
		ret = file_read(from, &text);
	if (!ret)
		ret = make_parents(at);
	/* Renames over the link, so never writes through it. */
	if (!ret)
		ret = file_write(at, text.buf, text.len);
	sb_free(&text);
	free(at);
	return ret;
}

int shadow_restore(const char *shadow, const char *tree, const char *path)
{
	char *at = xasprintf("%s/%s", shadow, path);
	char *target = xasprintf("%s/%s", tree, path);
	int ret = check_parents(shadow, path);

	if (!ret && unlink(at) && errno != ENOENT)
		ret = -errno;

	if (!ret && file_exists(target) && symlink(target, at))
		ret = -errno;
	free(target);
	free(at);
	return ret;
}

bool tree_is_dirty(const char *tree)
{
	static const char *const signs[] = {".config", "include/config",
					    "include/generated"};
	bool dirty = false;

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
		char *path = xasprintf("%s/%s", tree, signs[i]);

		dirty |= file_exists(path) || is_dir(path);
		free(path);
	}
	return dirty;
}
