// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "kconfig.h"

struct setting {
	char *name;
	char value; /* 'y', 'm'; 0 for a text */
	char *text;
};

struct dotconfig {
	struct setting *v; /* the symbols that have a value, by name */
	size_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	const struct setting *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void read_line(struct dotconfig *dc, const char *line, size_t n)
{
	const char *equal = memchr(line, '=', n), *value;
	struct setting set = {0};
	size_t len;

	if (n < 8 || memcmp(line, "CONFIG_", 7) || !equal)
		return;
	value = equal + 1;
	len = n - (size_t)(value - line);
	if (len && value[len - 1] == '\r')
		len--;
	if (len == 1 && (*value == 'y' || *value == 'm'))
		set.value = *value;
	else if (len && !(len == 1 && *value == 'n'))
		set.text = xstrndup(value, len);
	else
		return;
	set.name = xstrndup(line + 7, (size_t)(equal - line - 7));
	GROW(dc->v, dc->n, dc->cap);
	dc->v[dc->n++] = set;
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
	for (size_t i = 0; i < dc->n; i++) {
		free(dc->v[i].name);
		free(dc->v[i].text);
	}
	free(dc->v);
	free(dc);
}

static const struct setting *find(const struct dotconfig *dc,
				  const char *symbol)
{
	struct setting key = {0};

	if (starts_with(symbol, "CONFIG_"))
		symbol += 7;
	key.name = (char *)symbol;
	return dc->n ? bsearch(&key, dc->v, dc->n, sizeof(*dc->v), by_name)
		     : NULL;
}

char dotconfig_get(const struct dotconfig *dc, const char *symbol)
{
	const struct setting *s = find(dc, symbol);

	return s && s->value ? s->value : 'n';
}

const char *dotconfig_text(const struct dotconfig *dc, const char *symbol)
{
	const struct setting *s = find(dc, symbol);

	return s ? s->text : NULL;
}
