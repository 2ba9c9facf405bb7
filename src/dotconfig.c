// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "kconfig.h"

struct setting {
	char *name;
	char value;
};

struct dotconfig {
	struct setting *v; /* the symbols that are on, by name */
	size_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	const struct setting *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void read_line(struct dotconfig *dc, const char *line, size_t n)
{
	const char *equal = memchr(line, '=', n);
	char value;

	if (n < 8 || memcmp(line, "CONFIG_", 7) || !equal)
		return;
	if (equal + 2 != line + n &&
	    !(equal + 3 == line + n && equal[2] == '\r'))
		return;
	value = equal[1];
	if (value != 'y' && value != 'm')
		return;
	GROW(dc->v, dc->n, dc->cap);
	dc->v[dc->n++] = (struct setting){
		.name = xstrndup(line + 7, (size_t)(equal - line - 7)),
		.value = value,
	};
}

struct dotconfig *dotconfig_parse(const char *text)
{
	struct dotconfig *dc = xcalloc(1, sizeof(*dc));

	while (*text) {
		size_t n = strcspn(text, "\n");

		read_line(dc, text, n);
		text += n + (text[n] == '\n');
	}
	if (dc->n)
		qsort(dc->v, dc->n, sizeof(*dc->v), by_name);
	return dc;
}

struct dotconfig *dotconfig_read(const char *path, int *error)
{
	struct strbuf text = {0};
	struct dotconfig *dc = NULL;

	*error = file_read(path, &text);
	if (!*error)
		dc = dotconfig_parse(sb_str(&text));
	sb_free(&text);
	return dc;
}

void dotconfig_free(struct dotconfig *dc)
{
	if (!dc)
		return;
	for (size_t i = 0; i < dc->n; i++)
		free(dc->v[i].name);
	free(dc->v);
	free(dc);
}

char dotconfig_get(const struct dotconfig *dc, const char *symbol)
{
	struct setting key = {0}, *s;

	if (starts_with(symbol, "CONFIG_"))
		symbol += 7;
	key.name = (char *)symbol;
	s = dc->n ? bsearch(&key, dc->v, dc->n, sizeof(*dc->v), by_name) : NULL;
	return s ? s->value : 'n';
}
