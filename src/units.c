// SPDX-License-Identifier: GPL-2.0-only
#include "units.h"

#include <stdlib.h>
#include <string.h>

char *units_plain(const char *s)
{
	char *copy = xstrdup(s);

	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
			*p = '?';
	return copy;
}

static void add_assignments(struct unit *u, const struct group_file *f,
			    struct kmakefile_db *db)
{
	const struct kobject *ko = kmakefile_lookup(db, f->src->path);

	for (size_t i = 0; i < f->uses.n; i++) {
		const struct ndo_use *use = &f->uses.v[i];
		struct assignment *a;

		if (!ndo_assigns(use->kind))
			continue;
		a = unit_add_assignment(u);
		a->file = xstrdup(f->src->path);
		a->line = use->line;
		a->col = use->col;
		a->col_end = use->col_end;
		a->ops = units_plain(use->ops);
		a->callback = units_plain(use->callback);
		a->config = ko && ko->config ? xstrdup(ko->config) : NULL;
		a->form = xstrdup(ndo_kind_name(use->kind));
		a->class = xstrdup("unknown");
	}
}

/* Unit names are folders: unique, and nothing but plain characters. */
static char *unique_name(const struct model *m, char *name, const char *path)
{
	for (char *p = name; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
			    "WXYZ0123456789_-.+", *p))
			*p = '_';
	while (model_find(m, name)) {
		const char *slash = strrchr(path, '/');
		char *dir = xstrndup(path, slash ? (size_t)(slash - path) : 0);
		char *longer = xasprintf("%s-%s", base_name(dir), name);

		free(dir);
		free(name);
		name = longer;
	}
	return name;
}

void units_make(struct model *m, const struct group_file *files, size_t n,
		struct kmakefile_db *db)
{
	for (size_t i = 0; i < n; i++) {
		const struct kobject *ko;
		struct unit *u;
		char *name;

		if (files[i].group != i)
			continue;
		name = unique_name(m, group_name(files, n, i),
				   files[i].src->path);
		u = model_add(m, name);
		free(name);
		ko = kmakefile_lookup(db, files[i].src->path);
		if (ko && ko->config)
			u->config = xstrdup(ko->config);
		for (size_t k = i; k < n; k++)
			if (files[k].group == i)
				add_assignments(u, &files[k], db);
	}
}
