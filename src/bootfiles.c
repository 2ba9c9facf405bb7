// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bootfiles.h"
#include "shadow.h"

static struct boot_file *find(const struct boot_files *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->v[i].path, path))
			return &f->v[i];
	return NULL;
}

/* Takes the text over. */
static void set_text(struct boot_file *file, struct strbuf *text)
{
	free(file->text);
	file->len = text->len;
	file->text = text->len ? sb_detach(text) : xstrdup("");
	file->hash = hash_bytes(HASH_INIT, file->text, file->len);
}

static struct boot_file *add(struct boot_files *f, const char *path)
{
	struct boot_file *file = find(f, path);

	if (file)
		return file;
	GROW(f->v, f->n, f->cap);
	file = &f->v[f->n++];
	*file = (struct boot_file){.path = xstrdup(path)};
	return file;
}

int boot_files_add(struct boot_files *f, const char *path, const char *from)
{
	struct strbuf text = {0};
	int ret = file_read(from, &text);

	if (!ret)
		set_text(add(f, path), &text);
	sb_free(&text);
	return ret;
}

int boot_files_append(struct boot_files *f, const char *tree, const char *path,
		      const char *from)
{
	char *own = xasprintf("%s/%s", tree, path);
	const struct boot_file *file = find(f, path);
	struct strbuf text = {0}, more = {0};
	int ret = 0;

	if (file)
		sb_add(&text, file->text, file->len);
	else
		ret = file_read(own, &text);
	if (!ret)
		ret = file_read(from, &more);
	if (!ret) {
		sb_addc(&text, '\n');
		sb_add(&text, more.buf, more.len);
		set_text(add(f, path), &text);
	}
	sb_free(&more);
	sb_free(&text);
	free(own);
	return ret;
}

uint64_t boot_files_hash(const struct boot_files *f)
{
	uint64_t sum = 0;

	/* In whatever order. */
	for (size_t i = 0; i < f->n; i++) {
		uint64_t h = hash_str(HASH_INIT, f->v[i].path);

		sum += hash_bytes(h, &f->v[i].hash, sizeof(f->v[i].hash));
	}
	return sum;
}

void boot_files_free(struct boot_files *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->v[i].path);
		free(f->v[i].text);
	}
	free(f->v);
	*f = (struct boot_files){0};
}

/* What the O= was made of; without texts. */
static void read_state(struct boot_files *f, const char *obj)
{
	char *path = xasprintf("%s/.rxasync-files", obj);
	struct strbuf text = {0};
	struct strvec lines = {0};

	if (!file_read(path, &text))
		sv_split(&lines, sb_str(&text), "\n");
	for (size_t i = 0; i < lines.n; i++) {
		struct boot_file *file;
		uint64_t hash;
		intmax_t sec;
		long nsec;
		int n;

		if (sscanf(lines.v[i], "%" SCNx64 " %jd %ld %n", &hash, &sec,
			   &nsec, &n) != 3)
			continue;
		file = add(f, lines.v[i] + n);
		file->hash = hash;
		file->time = (struct timespec){(time_t)sec, nsec};
	}
	sv_free(&lines);
	sb_free(&text);
	free(path);
}

/* With `before`, what differs from it counts as unknown. */
static int write_state(const struct boot_files *f, const char *obj,
		       const struct boot_files *before)
{
	char *path = xasprintf("%s/.rxasync-files", obj);
	struct strbuf text = {0};
	int ret;

	for (size_t i = 0; i < f->n; i++) {
		const struct boot_file *file = &f->v[i];
		const struct boot_file *old =
			before ? find(before, file->path) : file;
		uint64_t hash = old && old->hash == file->hash ? old->hash : 0;

		sb_addf(&text, "%016" PRIx64 " %jd %ld %s\n", hash,
			(intmax_t)file->time.tv_sec, file->time.tv_nsec,
			file->path);
	}
	ret = file_write(path, sb_str(&text), text.len);
	sb_free(&text);
	free(path);
	return ret;
}

static int put_file(struct boot_file *file, const struct boot_file *old,
		    const char *shadow, const char *temporary)
{
	char *at = xasprintf("%s/%s", shadow, file->path);
	struct stat st;
	int ret = file_write(temporary, file->text, file->len);

	if (!ret)
		ret = shadow_replace(shadow, file->path, temporary);
	if (!ret && old && old->hash == file->hash) {
		struct timespec times[2] = {old->time, old->time};

		if (utimensat(AT_FDCWD, at, times, 0))
			ret = -errno;
	}
	if (!ret && stat(at, &st))
		ret = -errno;
	if (!ret)
		file->time = st.st_mtim;
	free(at);
	return ret;
}

int boot_files_put(struct boot_files *f, const char *shadow, const char *tree,
		   const char *obj)
{
	char *temporary = xasprintf("%s/.rxasync-new", obj);
	struct boot_files before = {0};
	int ret = 0;

	read_state(&before, obj);
	for (size_t i = 0; !ret && i < before.n; i++) {
		char *own = xasprintf("%s/%s", tree, before.v[i].path);

		if (!find(f, before.v[i].path) && file_exists(own))
			ret = boot_files_add(f, before.v[i].path, own);
		free(own);
	}
	for (size_t i = 0; !ret && i < f->n; i++)
		ret = put_file(&f->v[i], find(&before, f->v[i].path), shadow,
			       temporary);
	if (!ret)
		ret = write_state(f, obj, &before);
	unlink(temporary);
	boot_files_free(&before);
	free(temporary);
	return ret;
}

void boot_files_before(const char *obj, struct strvec *paths)
{
	struct boot_files before = {0};

	read_state(&before, obj);
	for (size_t i = 0; i < before.n; i++)
		sv_add(paths, before.v[i].path);
	boot_files_free(&before);
}

int boot_files_made(const struct boot_files *f, const char *obj)
{
	return write_state(f, obj, NULL);
}

int boot_files_restore(const struct boot_files *f, const char *shadow,
		       const char *tree)
{
	int ret = 0;

	for (size_t i = 0; i < f->n; i++) {
		int error = shadow_restore(shadow, tree, f->v[i].path);

		if (error && !ret)
			ret = error;
	}
	return ret;
}
