// SPDX-License-Identifier: GPL-2.0-only
#include "group.h"

#include <stdlib.h>
#include <string.h>

static size_t find(struct group_file *files, size_t i)
{
	while (files[i].group != i)
		i = files[i].group;
	return i;
}

/* The lower index becomes the group's first. */
static void join(struct group_file *files, size_t a, size_t b)
{
	a = find(files, a);
	b = find(files, b);
	if (a < b)
		files[b].group = a;
	else
		files[a].group = b;
}

static char *module_of(struct kmakefile_db *db, const char *path)
{
	const struct kobject *ko = kmakefile_lookup(db, path);
	const char *slash = strrchr(path, '/');

	if (!ko)
		return xstrdup(path);
	return xasprintf("%.*s/%s", slash ? (int)(slash - path) : 0, path,
			 ko->module);
}

/* Is the callback foreign to the file: named, but not defined in it? */
static bool is_foreign(const struct group_file *f, const struct ndo_use *use)
{
	return ndo_assigns(use->kind) && use->is_name &&
	       !csource_func(f->src, use->callback) &&
	       !csource_macro(f->src, use->callback);
}

static bool names(const struct group_file *f, const char *callback)
{
	for (size_t i = 0; i < f->uses.n; i++)
		if (is_foreign(f, &f->uses.v[i]) &&
		    !strcmp(f->uses.v[i].callback, callback))
			return true;
	return false;
}

static bool defines(const struct group_file *f, const char *callback)
{
	const struct cfunc *func = csource_func(f->src, callback);

	return func && !func->is_static;
}

static void join_by_callback(struct group_file *files, size_t n, size_t i)
{
	for (size_t u = 0; u < files[i].uses.n; u++) {
		const struct ndo_use *use = &files[i].uses.v[u];

		if (!is_foreign(&files[i], use))
			continue;
		for (size_t k = 0; k < n; k++)
			if (k != i && (names(&files[k], use->callback) ||
				       defines(&files[k], use->callback)))
				join(files, i, k);
	}
}

static bool share_source(const struct group_file *a, const struct group_file *b)
{
	for (size_t i = 0; i < a->src->includes.n; i++)
		if (ends_with(a->src->includes.v[i], ".c") &&
		    sv_has(&b->src->includes, a->src->includes.v[i]))
			return true;
	return false;
}

void group_files(struct group_file *files, size_t n, struct kmakefile_db *db)
{
	for (size_t i = 0; i < n; i++) {
		files[i].group = i;
		files[i].module = module_of(db, files[i].src->path);
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++)
			if (!strcmp(files[i].module, files[k].module) ||
			    share_source(&files[i], &files[k]))
				join(files, i, k);
		join_by_callback(files, n, i);
	}
	for (size_t i = 0; i < n; i++)
		files[i].group = find(files, i);
}

/* "8390" of the shared source "lib8390.c", or NULL. */
static char *shared_name(const struct group_file *files, size_t n, size_t first)
{
	for (size_t i = first; i < n; i++) {
		if (files[i].group != first)
			continue;
		for (size_t k = 0; k < files[i].src->includes.n; k++) {
			const char *base =
				base_name(files[i].src->includes.v[k]);

			if (ends_with(base, ".c"))
				return xstrndup(base, strlen(base) - 2);
		}
	}
	return NULL;
}

/* The one that defines what the others name, if it is among them. */
static const struct group_file *definer(const struct group_file *files, size_t n,
					size_t first)
{
	for (size_t i = first; i < n; i++) {
		if (files[i].group != first)
			continue;
		for (size_t k = first; k < n; k++) {
			if (files[k].group != first || k == i)
				continue;
			for (size_t u = 0; u < files[k].uses.n; u++)
				if (is_foreign(&files[k], &files[k].uses.v[u]) &&
				    defines(&files[i],
					    files[k].uses.v[u].callback))
					return &files[i];
		}
	}
	return NULL;
}

/* The last folder that all the group's files are in. */
static char *common_folder(const struct group_file *files, size_t n,
			   size_t first)
{
	char *common = xstrdup(files[first].src->path);

	for (size_t i = first; i < n; i++) {
		if (files[i].group != first)
			continue;
		while (*common &&
		       (strncmp(files[i].src->path, common, strlen(common)) ||
			files[i].src->path[strlen(common)] != '/')) {
			char *slash = strrchr(common, '/');

			*(slash ? slash : common) = '\0';
		}
	}
	return common;
}

char *group_name(const struct group_file *files, size_t n, size_t first)
{
	const struct group_file *def = definer(files, n, first);
	bool one_module = true;
	char *name, *folder;
	size_t len;

	for (size_t i = first; i < n; i++)
		if (files[i].group == first &&
		    strcmp(files[i].module, files[first].module))
			one_module = false;
	if (one_module || def) {
		name = xstrdup(base_name((def ? def : &files[first])->module));
		len = strlen(name);
		if (ends_with(name, ".c") || ends_with(name, ".h"))
			name[len - 2] = '\0';
		return name;
	}
	name = shared_name(files, n, first);
	if (name)
		return name;
	folder = common_folder(files, n, first);
	name = xstrdup(base_name(folder));
	free(folder);
	return name;
}
