// SPDX-License-Identifier: GPL-2.0-only
#include "seriesdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int series_dir_start(const struct session *s, const char *dir)
{
	char *old = ws_path(s, "series.old");
	int ret = remove_tree(old);

	free(old);
	if (!ret)
		ret = remove_tree(dir);
	return ret ? ret : make_dirs(dir);
}

static json_t *entry(const struct patch *p, const char *key)
{
	char *patch = xasprintf("series/%s", p->name);
	char check_key[17];
	json_t *j;

	snprintf(check_key, sizeof(check_key), "%016llx",
		 (unsigned long long)p->check_key);
	j = json_pack("{ss ss sI sI ss ss ss ss ss so so so}", "unit",
		      p->u->name, "key", key, "wave", (json_int_t)p->wave,
		      "number", (json_int_t)p->number, "patch", patch,
		      "subject", p->subject, "tree", p->tree, "commit",
		      p->commit, "check_key", check_key, "checkpatch",
		      p->checkpatch ? json_incref(p->checkpatch) : json_null(),
		      "to", json_from_strings(&p->to), "cc",
		      json_from_strings(&p->cc));
	free(patch);
	return j;
}

/* Each unit's semantic patch, for those who ask for it. */
static int copy_cocci(const struct session *s, const char *dir,
		      const struct patch *p)
{
	char *from = unit_path(s, p->u, "convert.cocci");
	char *to = xasprintf("%s/cocci/%s.cocci", dir, p->u->name);
	struct strbuf sb = {0};
	int ret = file_read(from, &sb);

	if (ret == -ENOENT)
		ret = 0;
	else if (!ret)
		ret = make_parents(to);
	if (!ret && sb.len)
		ret = file_write(to, sb.buf, sb.len);
	sb_free(&sb);
	free(from);
	free(to);
	return ret;
}

/* Without a key, the next run tries again. */
static int write_key(const char *dir, const char *key,
		     const struct patch *patches, size_t n)
{
	char *path = xasprintf("%s/key", dir);
	int ret;

	for (size_t i = 0; i < n; i++)
		if (!patches[i].checkpatch || !patches[i].cc.n)
			key = "";
	ret = file_write(path, key, strlen(key));
	free(path);
	return ret;
}

/* `dir` becomes `place`, and what was there becomes `old`. */
static int put_in_place(const char *dir, const char *place, const char *old)
{
	if (!file_exists(place))
		return rename(dir, place) ? -errno : 0;
	if (!renameat2(AT_FDCWD, dir, AT_FDCWD, place, RENAME_EXCHANGE))
		return rename(dir, old) ? -errno : 0;
	/* A file system that cannot swap: for a moment there is neither. */
	if (rename(place, old) || rename(dir, place))
		return -errno;
	return 0;
}

int series_dir_finish(const struct session *s, const char *dir, uint64_t key,
		      const struct patch *patches, size_t n)
{
	char *place = ws_path(s, "series"), *old = ws_path(s, "series.old");
	char *path = xasprintf("%s/index.json", dir);
	char *git_index = xasprintf("%s/index", dir);
	json_t *index = json_array();
	char hex[17];
	int ret = 0;

	snprintf(hex, sizeof(hex), "%016llx", (unsigned long long)key);
	for (size_t i = 0; i < n && !ret; i++) {
		json_array_append_new(index, entry(&patches[i], hex));
		ret = copy_cocci(s, dir, &patches[i]);
	}
	if (!ret)
		ret = json_write(path, index);
	if (!ret)
		ret = write_key(dir, hex, patches, n);
	if (!ret)
		ret = remove_tree(git_index);
	if (!ret)
		ret = remove_tree(old);
	if (!ret)
		ret = put_in_place(dir, place, old);
	if (!ret)
		ret = remove_tree(old);
	json_decref(index);
	free(git_index);
	free(path);
	free(place);
	free(old);
	return ret;
}

json_t *series_dir_read(const struct session *s)
{
	char *path = ws_path(s, "series/index.json");
	int error;
	json_t *index = json_read(path, &error);

	free(path);
	return index;
}

json_t *series_dir_index(const struct session *s, uint64_t key)
{
	char *path = ws_path(s, "series/key");
	struct strbuf sb = {0};
	char hex[17];
	bool same;

	snprintf(hex, sizeof(hex), "%016llx", (unsigned long long)key);
	same = !file_read(path, &sb) && !strcmp(sb_str(&sb), hex);
	sb_free(&sb);
	free(path);
	return same ? series_dir_read(s) : NULL;
}

static json_t *find_entry(const json_t *index, const char *unit)
{
	json_t *e;
	size_t i;

	json_array_foreach(index, i, e)
		if (!strcmp(json_str(e, "unit"), unit))
			return e;
	return NULL;
}

int series_dir_sync(const struct session *s, struct model *m,
		    const json_t *index)
{
	int ret = 0;

	for (size_t i = 0; i < m->count && !ret; i++) {
		struct unit *u = m->units[i];
		json_t *e = find_entry(index, u->name);
		char *path = unit_path(s, u, "series.json");

		if (e)
			ret = json_write(path, e);
		else
			ret = remove_tree(path);
		json_decref(u->series);
		u->series = json_incref(e);
		free(path);
	}
	return ret;
}
