// SPDX-License-Identifier: GPL-2.0-only
#include "family.h"

#include <stdlib.h>
#include <string.h>

#include "includers.h"

/* Those that #include a source without an object of its own. */
static void add_includers(const struct session *s, const char *path,
			  struct strvec *files)
{
	const char *slash = strrchr(path, '/');
	char *dir = xstrndup(path, slash ? (size_t)(slash - path) : 0);
	struct includers *inc = includers_open(s->tree);

	includers_scan(inc, dir);
	includers_find(inc, path, files);
	includers_close(inc);
	free(dir);
}

/* Does that file define and export the function? */
static bool exports_callback(const struct session *s, const char *path,
			     const char *callback)
{
	struct csource *src;
	bool exports;
	int error;

	if (!ends_with(path, ".c"))
		return false;
	src = csource_read(s->tree, path, &error);
	exports = src && csource_func(src, callback) &&
		  sv_has(&src->exports, callback);
	csource_free(src);
	return exports;
}

/* The files of a hit's own module, or itself where it has none. */
static void add_module(struct kmakefile_db *db, const char *path,
		       struct strvec *files)
{
	const struct kobject *ko = kmakefile_lookup(db, path);

	sv_add_once(files, path);
	for (; ko; ko = ko->next)
		for (size_t k = 0; k < ko->sources.n; k++)
			sv_add_once(files, ko->sources.v[k]);
}

/*
 * A callback or helper that a module exports: that module joins, with every file
 * of the tree that names it.
 */
static void add_family(const struct session *s, struct kmakefile_db *db,
		       const struct word_index *named, struct plan *p,
		       const char *callback, struct strvec *files)
{
	const struct strvec *paths = word_index_find(named, callback);
	const char *home = NULL;

	for (size_t i = 0; paths && i < paths->n && !home; i++)
		if (exports_callback(s, paths->v[i], callback))
			home = paths->v[i];
	if (!home)
		return;
	for (size_t i = 0; i < paths->n; i++)
		sv_add_once(files, paths->v[i]);
	add_module(db, home, files);
	sv_add_once(&p->family, callback);
}

/* Exported callbacks and helpers. */
static void find_families(const struct session *s, struct kmakefile_db *db,
			  const struct word_index *named,
			  const struct strvec *helpers, struct unit *u,
			  struct strvec *files)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];
		struct csource *src = cmodule_source(p->mod, a->file);
		struct cfunc *f = src ? cmodule_func(p->mod, src, a->callback) :
					NULL;

		if (sv_has(&p->family, a->callback) ||
		    cmodule_macro(p->mod, a->callback) ||
		    (f && !sv_has(&f->src->exports, f->name)))
			continue;
		add_family(s, db, named, p, a->callback, files);
	}
	for (size_t i = 0; helpers && i < helpers->n; i++)
		add_family(s, db, named, p, helpers->v[i], files);
	if (!p->family.n)
		return;
	cmodule_free(p->mod);
	p->mod = cmodule_read(s->tree, files);
}

void family_read(const struct session *s, struct kmakefile_db *db,
		 const struct word_index *named, const struct strvec *helpers,
		 struct unit *u)
{
	struct plan *p = u->plan;
	struct strvec files = {0};

	for (size_t i = 0; i < u->assignment_count; i++) {
		const char *file = u->assignments[i].file;

		if (sv_add_once(&files, file) && !kmakefile_lookup(db, file))
			add_includers(s, file, &files);
	}
	for (size_t i = 0, n = files.n; i < n; i++) {
		const struct kobject *ko = kmakefile_lookup(db, files.v[i]);

		for (; ko; ko = ko->next)
			for (size_t k = 0; k < ko->sources.n; k++)
				sv_add_once(&files, ko->sources.v[k]);
	}
	p->mod = cmodule_read(s->tree, &files);
	find_families(s, db, named, helpers, u, &files);
	p->graph = graph_new(p->mod);
	sv_free(&files);
}

/* Does a source have callbacks of its own to convert? */
static bool has_callbacks(const struct session *s, const char *path)
{
	struct ndo_uses uses = {0};
	struct csource *src;
	bool has;
	int error;

	src = csource_read(s->tree, path, &error);
	if (src)
		ndo_uses_read(&uses, src, NDO_LEGACY);
	has = !src || uses.n;
	ndo_uses_free(&uses);
	csource_free(src);
	return has;
}

bool family_join(const struct session *s, struct kmakefile_db *db,
		 struct unit *u)
{
	struct plan *p = u->plan;
	struct strvec files = {0}, more = {0};
	bool joins;

	for (size_t i = 0; i < p->graph->member_count; i++) {
		const struct strvec *outside = &p->graph->members[i]->outside;

		for (size_t k = 0; k < outside->n; k++)
			add_module(db, outside->v[k], &more);
	}
	for (size_t i = 0; i < p->mod->count; i++)
		sv_add(&files, p->mod->sources[i]->path);
	joins = more.n > 0;
	for (size_t i = 0; i < more.n; i++)
		joins = joins && (!sv_add_once(&files, more.v[i]) ||
				  !has_callbacks(s, more.v[i]));
	if (joins) {
		graph_free(p->graph);
		cmodule_free(p->mod);
		p->mod = cmodule_read(s->tree, &files);
		p->graph = graph_new(p->mod);
	}
	sv_free(&files);
	sv_free(&more);
	return joins;
}
