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
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
			    "WXYZ0123456789_", *p) || !*p)
			return true;
	}
	return false;
}

static bool is_user(const struct cmodule *mod, const char *path,
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

static char *look_in(const struct cmodule *mod, const char *dir,
		     const char *member)
{
	char *whole = xasprintf("%s/%s", mod->tree, dir), *found = NULL;
	DIR *d = opendir(whole);
	struct dirent *e;

	while (d && !found && (e = readdir(d))) {
		char *path;

		if (e->d_name[0] == '.')
			continue;
		path = xasprintf("%s/%s", dir, e->d_name);
		if (e->d_type == DT_DIR)
			found = look_in(mod, path, member);
		else if ((ends_with(path, ".c") || ends_with(path, ".h")) &&
			 !cmodule_source(mod, path) &&
			 is_user(mod, path, member))
			found = xstrdup(path);
		free(path);
	}
	if (d)
		closedir(d);
	free(whole);
	return found;
}

char *member_user(const struct cmodule *mod, const char *header,
		  const char *member)
{
	char *dir = xstrdup(header), *slash, *found;

	/* Anybody may include those. */
	if (starts_with(header, "include/") || strstr(header, "/include/")) {
		free(dir);
		return xstrdup("who includes the header");
	}
	for (int i = 0; i < 2; i++) {
		slash = strrchr(dir, '/');
		if (slash && strchr(dir, '/') != slash)
			*slash = 0;
	}
	found = look_in(mod, dir, member);
	free(dir);
	return found;
}
