// SPDX-License-Identifier: GPL-2.0-only
/* What kind of kernel tree is it? Asked of its sources, never of its name. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

const char *flavour_name(enum flavour f)
{
	static const char *const names[] = {
		[FLAVOUR_NONE] = "none",
		[FLAVOUR_VOID] = "void",
		[FLAVOUR_INT] = "int",
	};

	return names[f];
}

/* The value of "NAME = value" at the start of a line, or NULL. */
static char *make_variable(const char *makefile, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = makefile; p; p = strchr(p, '\n')) {
		size_t n;

		p += *p == '\n';
		if (strncmp(p, name, len))
			continue;
		n = len + strspn(p + len, " \t");
		if (p[n] != '=')
			continue;
		p += n + 1;
		p += strspn(p, " \t");
		n = strcspn(p, "\n#");
		while (n && isspace((unsigned char)p[n - 1]))
			n--;
		return xstrndup(p, n);
	}
	return NULL;
}

static char *read_version(const char *makefile)
{
	static const char *const names[] = {"VERSION", "PATCHLEVEL", "SUBLEVEL",
					    "EXTRAVERSION"};
	struct strbuf sb = {0};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char *value = make_variable(makefile, names[i]);

		if (!value && i < 3) {
			sb_free(&sb);
			return NULL;
		}
		if (i == 1 || i == 2)
			sb_addc(&sb, '.');
		sb_adds(&sb, value ? value : "");
		free(value);
	}
	return sb_detach(&sb);
}

/* Overwrites comments with blanks; string literals are left alone. */
static void blank_comments(char *p)
{
	while (*p) {
		size_t n = 1;

		if (*p == '"' || *p == '\'') {
			while (p[n] && p[n] != *p && p[n] != '\n')
				n += p[n] == '\\' && p[n + 1] ? 2 : 1;
			n += !!p[n];
		} else if (starts_with(p, "//")) {
			n = strcspn(p, "\n");
			memset(p, ' ', n);
		} else if (starts_with(p, "/*")) {
			char *end = strstr(p + 2, "*/");

			n = end ? (size_t)(end + 2 - p) : strlen(p);
			memset(p, ' ', n);
		}
		p += n;
	}
}

/* The text between the braces of "struct NAME {", cut out; or NULL. */
static char *struct_body(char *text, const char *name)
{
	size_t len = strlen(name);

	for (char *p = strstr(text, name); p; p = strstr(p + 1, name)) {
		char *open = p + len + strspn(p + len, " \t\n");
		int depth = 0;

		if (*open != '{')
			continue;
		for (char *q = open; *q; q++) {
			depth += (*q == '{') - (*q == '}');
			if (!depth) {
				*q = '\0';
				return open + 1;
			}
		}
	}
	return NULL;
}

static const char *skip_blanks_back(const char *p, const char *start)
{
	while (p > start && isspace((unsigned char)p[-1]))
		p--;
	return p;
}

/* From "...; int (*ndo_set_rx_mode_async)(struct ...". */
static enum flavour read_flavour(const char *body)
{
	static const char member[] = "*ndo_set_rx_mode_async)";
	const char *end, *p = strstr(body, member);

	if (!p)
		return FLAVOUR_NONE;
	end = skip_blanks_back(p, body);
	if (end > body && end[-1] == '(')
		end = skip_blanks_back(end - 1, body);
	for (p = end; p > body && isalnum((unsigned char)p[-1]); p--)
		;
	return end - p == 4 && !strncmp(p, "void", 4) ? FLAVOUR_VOID :
							FLAVOUR_INT;
}

int flavour_of_text(char *text, enum flavour *flavour)
{
	char *body;

	blank_comments(text);
	body = struct_body(text, "struct net_device_ops");
	if (!body)
		return -ENOENT;
	*flavour = read_flavour(body);
	return 0;
}

/* A word that is a path becomes the path inside the tree. */
static void anchor_units(struct session *s)
{
	size_t len = strlen(s->tree);

	for (size_t i = 0; i < s->units.n; i++) {
		char *word = s->units.v[i], *real = NULL;
		size_t n = strlen(word);

		while (n > 1 && word[n - 1] == '/')
			word[--n] = '\0';
		if (strchr(word, '/') || is_dir(word))
			real = realpath(word, NULL);
		if (real && starts_with(real, s->tree) &&
		    (real[len] == '/' || !real[len])) {
			s->units.v[i] = xstrdup(real[len] ? real + len + 1 : ".");
			free(word);
		}
		free(real);
	}
}

static int no_tree(const struct session *s, const char *why)
{
	err("%s is no kernel tree: %s; give one with -t DIR or TREE=DIR",
	    s->tree, why);
	return EXIT_USAGE;
}

static int probe_ops(struct session *s)
{
	char *path = tree_path(s, "include/linux/netdevice.h");
	struct strbuf text = {0};
	int ret = file_read(path, &text);
	int found = -ENOENT;

	free(path);
	if (!ret && text.len)
		found = flavour_of_text(text.buf, &s->flavour);
	sb_free(&text);
	if (ret)
		return no_tree(s, "include/linux/netdevice.h can't be read");
	if (found)
		return no_tree(s, "include/linux/netdevice.h has no struct net_device_ops");
	return 0;
}

int session_probe_tree(struct session *s)
{
	struct strbuf text = {0};
	char *real, *path;
	int ret;

	real = s->tree ? realpath(s->tree, NULL) : NULL;
	if (!real || !is_dir(real)) {
		err("%s is no folder: give a kernel tree with -t DIR or TREE=DIR",
		    s->tree ? s->tree : "(null)");
		free(real);
		return EXIT_USAGE;
	}
	free(s->tree);
	s->tree = real;
	path = tree_path(s, "Makefile");
	ret = file_read(path, &text);
	free(path);
	free(s->version);
	s->version = ret ? NULL : read_version(sb_str(&text));
	sb_free(&text);
	if (ret)
		return no_tree(s, "its Makefile can't be read");
	if (!s->version)
		return no_tree(s, "its Makefile sets no VERSION, PATCHLEVEL and SUBLEVEL");
	path = tree_path(s, "Kbuild");
	ret = file_exists(path);
	free(path);
	if (!ret)
		return no_tree(s, "it has no Kbuild file");
	ret = probe_ops(s);
	if (!ret)
		anchor_units(s);
	return ret;
}
