// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bootimage.h"
#include "session.h"

/* Of one tree; a pair for each machine, variant and state of its units. */
#define KEEP 48

static char *key_dir(const char *dir, uint64_t key)
{
	return xasprintf("%s/%016" PRIx64, dir, key);
}

char *boot_image_path(const char *dir, uint64_t key, const char *file)
{
	return xasprintf("%s/%016" PRIx64 "/%s", dir, key, file);
}

static unsigned int number(const json_t *j, const char *key)
{
	return (unsigned int)json_integer_value(json_object_get(j, key));
}

int boot_image_load(const char *dir, uint64_t key, struct boot_made *made)
{
	char *path = boot_image_path(dir, key, "made.json");
	char *folder = key_dir(dir, key);
	int error;
	json_t *j = json_read(path, &error);

	*made = (struct boot_made){0};
	if (j) {
		made->seconds = number(j, "seconds");
		made->objects = number(j, "objects");
		json_strings(json_object_get(j, "sources"), &made->sources);
		json_strings(json_object_get(j, "lacking"), &made->lacking);
		/* It was of use. */
		utimensat(AT_FDCWD, folder, NULL, 0);
	}
	json_decref(j);
	free(folder);
	free(path);
	return j ? 0 : -ENOENT;
}

static int copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out, ret = 0;
	char buf[65536];
	ssize_t n;

	if (in < 0)
		return -errno;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (out < 0)
		ret = -errno;
	while (!ret && (n = read(in, buf, sizeof(buf)))) {
		if (n < 0 || write(out, buf, (size_t)n) != n)
			ret = errno ? -errno : -EIO;
	}
	if (out >= 0 && (fsync(out) || close(out)) && !ret)
		ret = -errno;
	close(in);
	return ret;
}

struct kept {
	char *path;
	struct timespec used;
};

static int by_use(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? 1 : -1;
	return (x->used.tv_nsec < y->used.tv_nsec) -
	       (x->used.tv_nsec > y->used.tv_nsec);
}

/* The oldest beyond KEEP go. */
static void prune(const char *dir)
{
	DIR *d = opendir(dir);
	struct kept *v = NULL;
	size_t n = 0, cap = 0;
	struct dirent *e;
	struct stat st;

	while (d && (e = readdir(d))) {
		if (*e->d_name == '.' ||
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		GROW(v, n, cap);
		v[n++] = (struct kept){
			.path = xasprintf("%s/%s", dir, e->d_name),
			.used = st.st_mtim,
		};
	}
	if (d)
		closedir(d);
	if (n)
		qsort(v, n, sizeof(*v), by_use);
	for (size_t i = 0; i < n; i++) {
		if (i >= KEEP)
			remove_tree(v[i].path);
		free(v[i].path);
	}
	free(v);
}

static int fill(const char *folder, const char *obj, const struct strvec *files,
		const struct boot_made *made)
{
	json_t *j = json_pack("{s:i, s:i, s:o, s:o}", "seconds",
			      (int)made->seconds, "objects", (int)made->objects,
			      "sources", json_from_strings(&made->sources),
			      "lacking", json_from_strings(&made->lacking));
	char *path = xasprintf("%s/made.json", folder);
	int ret = 0;

	for (size_t i = 0; !ret && i < files->n; i++) {
		char *from = xasprintf("%s/%s", obj, files->v[i]);
		char *to = xasprintf("%s/%s", folder, files->v[i]);

		ret = make_parents(to);
		if (!ret)
			ret = copy_file(from, to);
		free(to);
		free(from);
	}
	if (!ret)
		ret = json_write(path, j);
	json_decref(j);
	free(path);
	return ret;
}

int boot_image_store(const char *dir, uint64_t key, const char *obj,
		     const struct strvec *files, const struct boot_made *made)
{
	char *folder = key_dir(dir, key);
	char *temporary = xasprintf("%s/.new", dir);
	int ret = remove_tree(temporary);

	if (!ret)
		ret = make_dirs(temporary);
	if (!ret)
		ret = fill(temporary, obj, files, made);
	if (!ret)
		ret = remove_tree(folder);
	if (!ret && rename(temporary, folder))
		ret = -errno;
	if (ret)
		remove_tree(temporary);
	else
		prune(dir);
	free(temporary);
	free(folder);
	return ret;
}

void boot_made_free(struct boot_made *made)
{
	sv_free(&made->sources);
	sv_free(&made->lacking);
	*made = (struct boot_made){0};
}

/* The paths in a .cmd file that are the source folder's. */
static void add_sources(struct strvec *sources, const char *text)
{
	const char *const end = " \t\n\\:=()";

	for (const char *at = text; (at = strstr(at, "../"));) {
		size_t n = strcspn(at, end);
		bool first = at == text || strchr(end, at[-1]);
		char *word;

		if (first && n > 5 && at[n - 2] == '.' &&
		    strchr("chS", at[n - 1])) {
			word = xstrndup(at + 3, n - 3);
			if (!starts_with(word, "include/") &&
			    !strstr(word, "/include/"))
				sv_add(sources, word);
			free(word);
		}
		at += n;
	}
}

static void walk(struct strvec *sources, const char *path)
{
	DIR *dir = opendir(path);
	struct strbuf text = {0};
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		char *sub = xasprintf("%s/%s", path, e->d_name);
		struct stat st;

		if (*e->d_name != '.' && !lstat(sub, &st) &&
		    S_ISDIR(st.st_mode))
			walk(sources, sub);
		else if (*e->d_name == '.' && ends_with(e->d_name, ".o.cmd") &&
			 !file_read(sub, &text))
			add_sources(sources, sb_str(&text));
		free(sub);
	}
	if (dir)
		closedir(dir);
	sb_free(&text);
}

void boot_image_sources(const char *obj, struct strvec *sources)
{
	struct strvec all = {0};

	walk(&all, obj);
	sv_sort(&all);
	for (size_t i = 0; i < all.n; i++)
		if (!i || strcmp(all.v[i], all.v[i - 1]))
			sv_add(sources, all.v[i]);
	sv_free(&all);
}
