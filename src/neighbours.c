// SPDX-License-Identifier: GPL-2.0-only
#include "neighbours.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct cmodule *neighbours_read(const struct cmodule *mod, const char *word)
{
	const char *path = mod->sources[0]->path, *slash = strrchr(path, '/');
	int len = slash ? (int)(slash - path) : 0;
	char *dir = xasprintf("%s/%.*s", mod->tree, len, path);
	struct strvec files = {0};
	struct strbuf text = {0};
	struct cmodule *all;
	struct dirent *e;
	DIR *d = *mod->tree ? opendir(dir) : NULL;

	while (d && (e = readdir(d))) {
		char *file = xasprintf("%s/%s", dir, e->d_name);

		if (ends_with(file, ".c") && !file_read(file, &text) &&
		    strstr(sb_str(&text), word))
			sv_add(&files, file + strlen(mod->tree) + 1);
		free(file);
	}
	if (d)
		closedir(d);
	sv_sort(&files);
	all = cmodule_read(mod->tree, &files);
	sv_free(&files);
	sb_free(&text);
	free(dir);
	return all;
}
