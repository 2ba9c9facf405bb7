// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "includers.h"

struct source {
	char *path;
	struct strvec includes; /* without leading "../"; "./" where none was */
};

struct includers {
	char *tree;
	struct strvec dirs;
	struct source *v;
	size_t n, cap;
};

struct includers *includers_open(const char *tree)
{
	struct includers *db = xcalloc(1, sizeof(*db));

	db->tree = xstrdup(tree);
	return db;
}

void includers_close(struct includers *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->n; i++) {
		free(db->v[i].path);
		sv_free(&db->v[i].includes);
	}
	free(db->v);
	free(db->tree);
	sv_free(&db->dirs);
	free(db);
}

static void read_include(const char *line, struct strvec *to)
{
	bool up = false;
	size_t n;
	char *name;

	line += strspn(line, " \t");
	if (!starts_with(line, "include"))
		return;
	line += 7;
	line += strspn(line, " \t");
	if (*line != '"' && *line != '<')
		return;
	for (line++; starts_with(line, "../") || starts_with(line, "./");) {
		up |= line[1] == '.';
		line += line[1] == '.' ? 3 : 2;
	}
	n = strcspn(line, "\">\n");
	if (!n || line[n] == '\n' || !line[n])
		return;
	name = xasprintf("%s%.*s", up ? "" : "./", (int)n, line);
	sv_add(to, name);
	free(name);
}

static void read_source(struct includers *db, const char *path)
{
	char *full = xasprintf("%s/%s", db->tree, path);
	struct strbuf text = {0};

	if (!file_read(full, &text)) {
		const char *s = sb_str(&text);
		struct source *src;

		GROW(db->v, db->n, db->cap);
		src = &db->v[db->n++];
		*src = (struct source){.path = xstrdup(path)};
		while ((s = strchr(s, '#'))) {
			s++;
			read_include(s, &src->includes);
		}
	}
	sb_free(&text);
	free(full);
}

void includers_scan(struct includers *db, const char *dir)
{
	char *full = xasprintf("%s/%s", db->tree, dir);
	DIR *d = NULL;
	struct dirent *e;

	if (sv_add_once(&db->dirs, dir))
		d = opendir(full);
	free(full);
	while (d && (e = readdir(d))) {
		char *path = xasprintf("%s/%s", dir, e->d_name);

		if (e->d_type == DT_DIR && e->d_name[0] != '.')
			includers_scan(db, path);
		else if (ends_with(path, ".c") || ends_with(path, ".h"))
			read_source(db, path);
		free(path);
	}
	if (d)
		closedir(d);
}

/* Does `include`, as written, name the end of the path? */
static bool tail_matches(const char *path, const char *include)
{
	size_t n = strlen(path), m = strlen(include);

	return n >= m && !strcmp(path + n - m, include) &&
	       (n == m || path[n - m - 1] == '/');
}

/* A file of that name beside the includer is the one that is meant. */
static bool has_own(const struct includers *db, const struct source *s,
		    const char *include, const char *path)
{
	const char *slash = strrchr(s->path, '/');
	char *own = xasprintf("%.*s/%s", slash ? (int)(slash - s->path) : 0,
			      s->path, include);
	char *full = xasprintf("%s/%s", db->tree, own);
	bool has = strcmp(own, path) && file_exists(full);

	free(full);
	free(own);
	return has;
}

static bool includes(const struct includers *db, const struct source *s,
		     const char *path)
{
	for (size_t i = 0; i < s->includes.n; i++) {
		const char *include = s->includes.v[i];
		bool plain = starts_with(include, "./");

		include += plain ? 2 : 0;
		if (tail_matches(path, include) &&
		    !(plain && has_own(db, s, include, path)))
			return true;
	}
	return false;
}

void includers_find(const struct includers *db, const char *path,
		    struct strvec *sources)
{
	struct strvec todo = {0};

	sv_add(&todo, path);
	for (size_t i = 0; i < todo.n; i++) {
		for (size_t k = 0; k < db->n; k++) {
			const struct source *s = &db->v[k];

			if (!includes(db, s, todo.v[i]))
				continue;
			sv_add_once(&todo, s->path);
			if (ends_with(s->path, ".c"))
				sv_add_once(sources, s->path);
		}
	}
	sv_free(&todo);
}
