// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "kmakefile.h"
#include "kmakeread.h"

#define MAX_DEPTH 16
#define MAX_WAYS 64

struct answer {
	char *path;
	struct kobject *first;
};

struct kmakefile_db {
	char *tree;
	struct kmake_dir **dirs;
	size_t dir_count, dir_cap;
	struct answer *answers;
	size_t answer_count, answer_cap;
};

/* A way up from an object, as far as it is known. */
struct climb {
	struct kmakefile_db *db;
	const char *object;
	struct kobject *first;
	size_t ways;
};

struct kmakefile_db *kmakefile_open(const char *tree)
{
	struct kmakefile_db *db = xcalloc(1, sizeof(*db));

	db->tree = xstrdup(tree);
	return db;
}

static void free_ways(struct kobject *k)
{
	while (k) {
		struct kobject *next = k->next;

		free(k->object);
		free(k->module);
		free(k->config);
		sv_free(&k->configs);
		sv_free(&k->sources);
		free(k);
		k = next;
	}
}

void kmakefile_close(struct kmakefile_db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->dir_count; i++)
		kmake_free(db->dirs[i]);
	for (size_t i = 0; i < db->answer_count; i++) {
		free(db->answers[i].path);
		free_ways(db->answers[i].first);
	}
	free(db->dirs);
	free(db->answers);
	free(db->tree);
	free(db);
}

static const struct kmake_dir *load(struct kmakefile_db *db, const char *dir)
{
	for (size_t i = 0; i < db->dir_count; i++)
		if (!strcmp(db->dirs[i]->dir, dir))
			return db->dirs[i];
	GROW(db->dirs, db->dir_count, db->dir_cap);
	db->dirs[db->dir_count] = kmake_read(db->tree, dir);
	return db->dirs[db->dir_count++];
}

/* "a/b/c" -> "a/b" -> "a" -> ""; false where it was "" already. */
static bool go_up(char *dir)
{
	char *slash = strrchr(dir, '/');

	if (!*dir)
		return false;
	*(slash ? slash : dir) = '\0';
	return true;
}

static bool is_composite(const struct kmake_dir *d, const char *object)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].owner && !strcmp(d->v[i].owner, object))
			return true;
	return false;
}

static void add_source(struct kmakefile_db *db, const char *object,
		       struct strvec *sources)
{
	char *source = xstrdup(object), *path;

	source[strlen(source) - 1] = 'c';
	path = xasprintf("%s/%s", db->tree, source);
	if (file_exists(path))
		sv_add_once(sources, source);
	free(path);
	free(source);
}

static void collect_sources(struct kmakefile_db *db, const struct kmake_dir *d,
			    const char *object, struct strvec *sources,
			    int depth)
{
	if (!is_composite(d, object)) {
		add_source(db, object, sources);
		return;
	}
	for (size_t i = 0; i < d->n && depth < MAX_DEPTH; i++) {
		const struct kmake_entry *e = &d->v[i];

		if (e->owner && !strcmp(e->owner, object) &&
		    ends_with(e->target, ".o") && strcmp(e->target, object))
			collect_sources(db, d, e->target, sources, depth + 1);
	}
}

static bool covers(const struct strvec *all, const struct strvec *some)
{
	for (size_t i = 0; i < some->n; i++)
		if (!sv_has(all, some->v[i]))
			return false;
	return true;
}

/* A way that asks for more than another to the same module says nothing. */
static void emit(struct climb *c, const struct kmake_dir *d,
		 const struct kmake_entry *e, const struct strvec *configs)
{
	struct kobject *k, **at = &c->first;
	const char *base = base_name(e->target);
	char *module = xstrndup(base, strlen(base) - 2);

	while ((k = *at)) {
		bool same = !strcmp(k->module, module);

		if (same && covers(configs, &k->configs)) {
			free(module);
			return;
		}
		if (same && covers(&k->configs, configs)) {
			*at = k->next;
			k->next = NULL;
			free_ways(k);
		} else {
			at = &k->next;
		}
	}
	k = *at = xcalloc(1, sizeof(*k));
	k->object = xstrdup(c->object);
	k->module = module;
	k->config = e->switched ? xstrdup(e->configs.v[0]) : NULL;
	sv_addv(&k->configs, configs);
	collect_sources(c->db, d, e->target, &k->sources, 0);
	c->ways++;
}

static void with(struct strvec *out, const struct strvec *a,
		 const struct strvec *b)
{
	for (size_t i = 0; i < a->n; i++)
		sv_add_once(out, a->v[i]);
	for (size_t i = 0; i < b->n; i++)
		sv_add_once(out, b->v[i]);
}

/* From a folder to the top; each way there ends in a kobject. */
static void climb_folders(struct climb *c, const char *dir,
			  const struct kmake_dir *d,
			  const struct kmake_entry *e,
			  const struct strvec *configs, int depth)
{
	char *target = xasprintf("%s/", dir), *up = xstrdup(dir);
	bool found = false;

	while (depth < MAX_DEPTH && go_up(up)) {
		const struct kmake_dir *p = load(c->db, up);

		for (size_t i = 0; i < p->n && c->ways < MAX_WAYS; i++) {
			const struct kmake_entry *f = &p->v[i];
			struct strvec all = {0};

			if (f->owner || strcmp(f->target, target))
				continue;
			found = true;
			with(&all, configs, &f->configs);
			climb_folders(c, up, d, e, &all, depth + 1);
			sv_free(&all);
		}
	}
	/* arch/$(SRCARCH)/ and what arch Makefiles add end here. */
	if (!found)
		emit(c, d, e, configs);
	free(target);
	free(up);
}

static void climb_object(struct climb *c, const char *object,
			 const struct strvec *members, int depth);

static void climb_entries(struct climb *c, const struct kmake_dir *d,
			  const char *object, const struct strvec *members,
			  int depth)
{
	for (size_t i = 0; i < d->n && c->ways < MAX_WAYS; i++) {
		const struct kmake_entry *e = &d->v[i];
		struct strvec all = {0};

		if (strcmp(e->target, object) ||
		    (!e->owner && !depth && is_composite(d, object)))
			continue;
		if (e->owner) {
			with(&all, members, &e->configs);
			if (strcmp(e->owner, object))
				climb_object(c, e->owner, &all, depth + 1);
		} else {
			with(&all, &e->configs, members);
			climb_folders(c, d->dir, d, e, &all, 0);
		}
		sv_free(&all);
	}
}

/* An object is named by its own folder's Makefile or by one further up. */
static void climb_object(struct climb *c, const char *object,
			 const struct strvec *members, int depth)
{
	char *dir = xstrdup(object);

	while (depth < MAX_DEPTH && go_up(dir))
		climb_entries(c, load(c->db, dir), object, members, depth);
	free(dir);
}

const struct kobject *kmakefile_lookup(struct kmakefile_db *db,
				       const char *path)
{
	struct strvec none = {0};
	struct climb c = {.db = db};
	char *object;

	for (size_t i = 0; i < db->answer_count; i++)
		if (!strcmp(db->answers[i].path, path))
			return db->answers[i].first;
	if (ends_with(path, ".c") || ends_with(path, ".S")) {
		object = xstrdup(path);
		object[strlen(object) - 1] = 'o';
		c.object = object;
		climb_object(&c, object, &none, 0);
		free(object);
	}
	GROW(db->answers, db->answer_count, db->answer_cap);
	db->answers[db->answer_count++] =
		(struct answer){.path = xstrdup(path), .first = c.first};
	return c.first;
}
