// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "archfile.h"

static char *arch_dir(void)
{
	return data_dir("arch", "RXASYNC_ARCH", RXASYNC_ARCH_DIR);
}

static void set(char **where, const char *value)
{
	free(*where);
	*where = xstrdup(value);
}

/* False where the word is unknown or its value makes no sense. */
static bool take(struct archfile *a, const char *word, const char *value)
{
	if (!strcmp(word, "clang"))
		a->clang = true;
	else if (!*value)
		return false;
	else if (!strcmp(word, "package"))
		set(&a->package, value);
	else if (!strcmp(word, "cross"))
		set(&a->cross, value);
	else if (!strcmp(word, "native"))
		sv_split(&a->native, value, " \t");
	else if (!strcmp(word, "elf"))
		sv_split(&a->elf, value, " \t");
	else if (!strcmp(word, "set") && strchr(value, '='))
		sv_add(&a->sets, value);
	else if (!strcmp(word, "config"))
		sv_add(&a->configs, value);
	else if (!strcmp(word, "cost") && strspn(value, "0123456789") == 1)
		a->cost = *value - '0';
	else
		return false;
	return true;
}

static void read_line(struct archfile *a, char *line, int number)
{
	size_t n;
	char *value;

	line += strspn(line, " \t");
	for (n = strlen(line); n && strchr(" \t\r", line[n - 1]); n--)
		line[n - 1] = '\0';
	/* A "#" is a comment only where a word would stand. */
	if (!*line || *line == '#')
		return;
	n = strcspn(line, " \t");
	value = line + n + strspn(line + n, " \t");
	line[n] = '\0';
	if (!take(a, line, value))
		warn("%s.arch:%d: '%s' says nothing, see arch/README", a->name,
		     number, line);
}

struct archfile *archfile_parse(const char *name, const char *text)
{
	struct archfile *a = xcalloc(1, sizeof(*a));

	a->name = xstrdup(name);
	a->cost = 9;
	for (int number = 1; *text; number++) {
		size_t n = strcspn(text, "\n");
		char *line = xstrndup(text, n);

		read_line(a, line, number);
		free(line);
		text += n + (text[n] == '\n');
	}
	return a;
}

struct archfile *archfile_read(const char *name)
{
	char *dir = arch_dir(), *path = xasprintf("%s/%s.arch", dir, name);
	struct strbuf text = {0};
	struct archfile *a = NULL;

	if (!strchr(name, '/') && !file_read(path, &text))
		a = archfile_parse(name, sb_str(&text));
	sb_free(&text);
	free(path);
	free(dir);
	return a;
}

void archfile_free(struct archfile *a)
{
	if (!a)
		return;
	free(a->name);
	free(a->package);
	free(a->cross);
	sv_free(&a->native);
	sv_free(&a->elf);
	sv_free(&a->sets);
	sv_free(&a->configs);
	free(a);
}

static bool is_native(const struct archfile *a)
{
	struct utsname u;

	return !uname(&u) && sv_has(&a->native, u.machine);
}

static void add_names(const struct strvec *found, bool native, int cost,
		      struct strvec *names)
{
	for (size_t i = 0; i < found->n; i++) {
		struct archfile *a = archfile_read(found->v[i]);

		if (a && a->cost == cost && is_native(a) == native)
			sv_add(names, a->name);
		archfile_free(a);
	}
}

void archfile_names(struct strvec *names)
{
	char *path = arch_dir();
	DIR *dir = opendir(path);
	struct strvec found = {0};
	struct dirent *e;

	free(path);
	while (dir && (e = readdir(dir)))
		if (ends_with(e->d_name, ".arch") && e->d_name[0] != '.')
			sv_addf(&found, "%.*s", (int)strlen(e->d_name) - 5,
				e->d_name);
	if (dir)
		closedir(dir);
	sv_sort(&found);
	for (int i = 0; i < 20; i++)
		add_names(&found, i < 10, i % 10, names);
	sv_free(&found);
}

const char *archfile_cross(const struct archfile *a)
{
	return a->cross && !is_native(a) ? a->cross : "";
}

bool archfile_made(const struct archfile *a, unsigned int e_machine)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", e_machine);
	return !a->elf.n || sv_has(&a->elf, text);
}
