// SPDX-License-Identifier: GPL-2.0-only
#include "maintainers.h"

#include <ctype.h>
#include <limits.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

struct pattern {
	char type;		/* F, X or N */
	char *text;
	regex_t regex;		/* N only */
};

struct section {
	struct maintainer_entry entry;
	char *title, *status;
	struct pattern *patterns;
	size_t count, cap;
};

struct maintainers {
	char *tree;
	struct section *sections;
	size_t count, cap;
};

static int count_slashes(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == '/';
	return n;
}

/*
 * Does the pattern match some beginning of the path, and if so, where does
 * the shortest such beginning end? As in get_maintainer, '*' crosses slashes.
 * Iterative: a greedy star is widened by one when what follows fails.
 */
static const char *match_start(const char *pattern, const char *path)
{
	const char *star = NULL, *retry = NULL;

	while (*pattern) {
		if (*pattern == '*') {
			while (*pattern == '*')
				pattern++;
			star = pattern;
			retry = path;
		} else if (*path && (*pattern == '?' || *pattern == *path)) {
			pattern++;
			path++;
		} else if (star && *retry) {
			pattern = star;
			path = ++retry;
		} else {
			return NULL;
		}
	}
	return path;
}

static bool is_folder(const struct maintainers *m, const char *pattern)
{
	char *path = xasprintf("%s/%s", m->tree, pattern);
	bool found = is_dir(path);

	free(path);
	return found;
}

/*
 * How deep the pattern pins the path down, or INT_MIN where it doesn't match:
 * the slashes in it, one more where it names a file, -1 behind a leading star.
 */
static int pattern_depth(const struct maintainers *m, const char *pattern,
			 const char *path)
{
	size_t len = strlen(pattern);
	bool folder = ends_with(pattern, "/");
	int slashes = count_slashes(pattern);
	const char *rest;

	if (!len)
		return INT_MIN;
	rest = match_start(pattern, path);
	if (!rest)
		return INT_MIN;
	/* A folder may be written without its slash. */
	if (!folder && *rest && !strpbrk(pattern, "*?") &&
	    is_folder(m, pattern)) {
		if (*rest != '/')
			return INT_MIN;
		folder = true;
		slashes++;
	}
	if (!folder && slashes != count_slashes(path) &&
	    !strstr(pattern, "**"))
		return INT_MIN;
	if (*pattern == '*')
		return -1;
	return slashes + !folder;
}

/* The section's best depth for the path; *length breaks a tie. */
static int section_depth(const struct maintainers *m, const struct section *s,
			 const char *path, size_t *length)
{
	int best = INT_MIN;

	*length = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct pattern *p = &s->patterns[i];
		size_t len = strlen(p->text);
		int depth;

		if (p->type == 'N')
			depth = regexec(&p->regex, path, 0, NULL, 0) ? INT_MIN :
								       0;
		else
			depth = pattern_depth(m, p->text, path);
		if (depth == INT_MIN)
			continue;
		if (p->type == 'X')
			return INT_MIN;
		if (depth > best || (depth == best && len > *length)) {
			best = depth;
			*length = len;
		}
	}
	return best;
}

const struct maintainer_entry *maintainers_find(const struct maintainers *m,
						const char *path)
{
	const struct section *best = NULL;
	int best_depth = INT_MIN;
	size_t best_length = 0;

	for (size_t i = 0; i < m->count; i++) {
		const struct section *s = &m->sections[i];
		size_t length;
		int depth = section_depth(m, s, path, &length);

		if (depth == INT_MIN)
			continue;
		if (!best || depth > best_depth ||
		    (depth == best_depth && length > best_length)) {
			best = s;
			best_depth = depth;
			best_length = length;
		}
	}
	return best ? &best->entry : NULL;
}

/* Takes the value over. A regex that regcomp() refuses is left out. */
static void add_pattern(struct section *s, char type, char *value)
{
	struct pattern p = {.type = type, .text = value};

	if (type == 'N' &&
	    regcomp(&p.regex, value, REG_EXTENDED | REG_NOSUB)) {
		free(value);
		return;
	}
	GROW(s->patterns, s->count, s->cap);
	s->patterns[s->count++] = p;
}

static void add_line(struct section *s, char type, const char *value)
{
	switch (type) {
	case 'F':
	case 'X':
	case 'N':
		add_pattern(s, type, xstrdup(value));
		break;
	case 'S':
		if (!s->status)
			s->status = xstrdup(value);
		break;
	}
}

static struct section *add_section(struct maintainers *m, const char *title)
{
	GROW(m->sections, m->count, m->cap);
	m->sections[m->count] = (struct section){.title = xstrdup(title)};
	return &m->sections[m->count++];
}

/* A line "X:<blank>value"; the value, or NULL for any other line. */
static char *tagged_value(char *line)
{
	if (line[0] < 'A' || line[0] > 'Z' || line[1] != ':')
		return NULL;
	line += 2;
	while (isspace((unsigned char)*line))
		line++;
	return line;
}

static void trim(char *line)
{
	size_t n = strlen(line);

	while (n && isspace((unsigned char)line[n - 1]))
		line[--n] = '\0';
}

struct maintainers *maintainers_parse(const char *tree, const char *text,
				      size_t len)
{
	struct maintainers *m = xcalloc(1, sizeof(*m));
	const char *end = text + len;
	struct section *section = NULL;
	char *title = NULL;

	m->tree = xstrdup(tree);
	while (text < end) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		char *line, *value;

		line = xstrndup(text, (size_t)((nl ? nl : end) - text));
		text = nl ? nl + 1 : end;
		trim(line);
		value = tagged_value(line);
		if (value && !section)
			section = add_section(m, title ? title : "");
		if (value) {
			add_line(section, line[0], value);
		} else if (*line && *line != '#') {
			free(title);
			title = xstrdup(line);
			section = NULL;
		}
		free(line);
	}
	free(title);
	for (size_t i = 0; i < m->count; i++) {
		m->sections[i].entry.title = m->sections[i].title;
		m->sections[i].entry.status = m->sections[i].status;
	}
	return m;
}

struct maintainers *maintainers_read(const char *tree, int *error)
{
	char *path = xasprintf("%s/MAINTAINERS", tree);
	struct strbuf sb = {0};
	struct maintainers *m = NULL;

	*error = file_read(path, &sb);
	if (!*error)
		m = maintainers_parse(tree, sb_str(&sb), sb.len);
	sb_free(&sb);
	free(path);
	return m;
}

void maintainers_free(struct maintainers *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++) {
		struct section *s = &m->sections[i];

		for (size_t k = 0; k < s->count; k++) {
			if (s->patterns[k].type == 'N')
				regfree(&s->patterns[k].regex);
			free(s->patterns[k].text);
		}
		free(s->patterns);
		free(s->title);
		free(s->status);
	}
	free(m->sections);
	free(m->tree);
	free(m);
}
