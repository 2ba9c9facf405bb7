// SPDX-License-Identifier: GPL-2.0-only
#include "memberuse.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* A word of the member's name behind "." or "->", whatever it is a member of. */
static bool names_member(const struct strbuf *text, const char *member)
{
	const char *p = sb_str(text);
	size_t n = strlen(member);

	while ((p = strstr(p, member))) {
		const char *before = p;

		while (before > sb_str(text) && strchr(" \t\n", before[-1]))
			before--;
		p += n;
		if (before == sb_str(text) ||
		    (before[-1] != '.' && before[-1] != '>'))
			continue;
		if (!is_word_char(*p))
			return true;
	}
	return false;
}

static bool names_it(const struct cmodule *mod, const char *path,
		     const char *member)
{
	char *whole = xasprintf("%s/%s", mod->tree, path);
	struct strbuf text = {0};
	bool user;

	/* What can't be read may be one. */
	user = file_read(whole, &text) || names_member(&text, member);
	sb_free(&text);
	free(whole);
	return user;
}

/* "name" as included from a file of that folder: the file's path, or NULL. */
static char *included(const struct cmodule *mod, const char *dir,
		      const char *name)
{
	char *whole;

	while (starts_with(name, "../") && strchr(dir, '/')) {
		char *up = xstrndup(dir, (size_t)(strrchr(dir, '/') - dir));
		char *found = included(mod, up, name + 3);

		free(up);
		return found;
	}
	whole = xasprintf("%s/%s/%s", mod->tree, dir, name);
	if (!file_exists(whole)) {
		free(whole);
		return NULL;
	}
	free(whole);
	return xasprintf("%s/%s", dir, name);
}

static char *dir_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return xstrndup(path, slash ? (size_t)(slash - path) : 0);
}

/*
 * May the file include the header, through whatever it includes from its own
 * folder or the header's? One of that name which is not found may be it.
 */
static bool may_include(const struct cmodule *mod, const char *path,
			const char *header, struct strvec *seen)
{
	struct csource *src;
	char *dir, *other;
	bool may = false;
	int error;

	if (!sv_add_once(seen, path))
		return false;
	src = csource_read(mod->tree, path, &error);
	if (!src)
		return true;
	dir = dir_of(path);
	other = dir_of(header);
	for (size_t i = 0; i < src->includes.n && !may; i++) {
		const char *name = src->includes.v[i];
		char *file = included(mod, dir, name);

		if (!file)
			file = included(mod, other, name);
		may = file ? !strcmp(file, header) ||
				     may_include(mod, file, header, seen) :
			     !strcmp(base_name(name), base_name(header));
		free(file);
	}
	free(dir);
	free(other);
	csource_free(src);
	return may;
}

static bool is_user(const struct cmodule *mod, const char *path,
		    const char *header, const char *member)
{
	struct strvec seen = {0};
	bool user = names_it(mod, path, member) &&
		    may_include(mod, path, header, &seen);

	sv_free(&seen);
	return user;
}

static void look_in(const struct cmodule *mod, const char *dir,
		    const char *header, const char *member,
		    struct strvec *users)
{
	char *whole = xasprintf("%s/%s", mod->tree, dir);
	DIR *d = opendir(whole);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char *path;

		if (e->d_name[0] == '.')
			continue;
		path = xasprintf("%s/%s", dir, e->d_name);
		if (e->d_type == DT_DIR)
			look_in(mod, path, header, member, users);
		else if ((ends_with(path, ".c") || ends_with(path, ".h")) &&
			 !cmodule_source(mod, path) &&
			 is_user(mod, path, header, member))
			sv_add(users, path);
		free(path);
	}
	if (d)
		closedir(d);
	free(whole);
}

void member_users(const struct cmodule *mod, const char *header,
		  const char *member, struct strvec *users)
{
	char *dir = xstrdup(header), *slash;

	/* Anybody may include those. */
	if (starts_with(header, "include/") || strstr(header, "/include/")) {
		free(dir);
		sv_add(users, "who includes the header");
		return;
	}
	for (int i = 0; i < 2; i++) {
		slash = strrchr(dir, '/');
		if (slash && strchr(dir, '/') != slash)
			*slash = 0;
	}
	look_in(mod, dir, header, member, users);
	sv_sort(users);
	free(dir);
}
