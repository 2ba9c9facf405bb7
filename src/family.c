// SPDX-License-Identifier: GPL-2.0-only
#include "family.h"

#include <stdlib.h>
#include <string.h>

#include "includers.h"
#include "ndosearch.h"

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

/* Does that text define and export the function? */
static bool exports_callback(const struct ndo_hit *hit, const char *callback)
{
	struct strbuf copy = {0};
	struct csource *src;
	bool exports;

	if (!ends_with(hit->path, ".c"))
		return false;
	sb_add(&copy, sb_str(&hit->text), hit->text.len);
	src = csource_parse(hit->path, &copy);
	exports = csource_func(src, callback) && sv_has(&src->exports, callback);
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

/* The file below the folder that exports it, or NULL; the caller frees it. */
static char *find_home(const struct session *s, const char *dir,
		       const char *callback)
{
	struct ndo_hits hits = {0};
	char *home = NULL;

	if (ndo_search(&hits, s->tree, dir, callback))
		return NULL;
	for (size_t i = 0; i < hits.n && !home; i++)
		if (exports_callback(&hits.v[i], callback))
			home = xstrdup(hits.v[i].path);
	ndo_hits_free(&hits);
	return home;
}

/* The same, first beside the file that names it, then a folder above. */
static char *find_home_near(const struct session *s, const char *file,
			    const char *callback)
{
	char *dir = xstrdup(file), *home = NULL;

	for (int up = 0; up < 2 && !home; up++) {
		char *slash = strrchr(dir, '/');

		if (!slash)
			break;
		*slash = '\0';
		home = find_home(s, dir, callback);
	}
	free(dir);
	return home;
}

/*
 * A callback that another module exports: that module joins, with every file
 * of the tree that names it.
 */
static void add_family(const struct session *s, struct kmakefile_db *db,
		       struct plan *p, const struct assignment *a,
		       struct strvec *files)
{
	char *home = find_home_near(s, a->file, a->callback);
	struct ndo_hits hits = {0};

	if (home && !ndo_search(&hits, s->tree, "", a->callback)) {
		for (size_t i = 0; i < hits.n; i++)
			sv_add_once(files, hits.v[i].path);
		add_module(db, home, files);
		sv_add_once(&p->family, a->callback);
	}
	ndo_hits_free(&hits);
	free(home);
}

static bool is_plain_name(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU"
			       "VWXYZ0123456789_") == strlen(s);
}

/* Exported callbacks, those of other modules first. */
static void find_families(const struct session *s, struct kmakefile_db *db,
			  struct unit *u, struct strvec *files)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];
		struct csource *src = cmodule_source(p->mod, a->file);
		struct cfunc *f = src ? cmodule_func(p->mod, src, a->callback) :
					NULL;

		if (!is_plain_name(a->callback) ||
		    sv_has(&p->family, a->callback) ||
		    cmodule_macro(p->mod, a->callback) ||
		    (f && !sv_has(&f->src->exports, f->name)))
			continue;
		add_family(s, db, p, a, files);
	}
	if (!p->family.n)
		return;
	cmodule_free(p->mod);
	p->mod = cmodule_read(s->tree, files);
}

void family_read(const struct session *s, struct kmakefile_db *db,
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
	find_families(s, db, u, &files);
	p->graph = graph_new(p->mod);
	sv_free(&files);
}
