// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "kmakeexpand.h"
#include "kmakeread.h"

/* Bounds against files that refer to themselves or explode. */
#define MAX_DEPTH 12

static void read_text(struct kmake_reader *r, const char *text);

static void add_symbols(struct strvec *to, const char *s, size_t n)
{
	const char *end = s + n;

	while ((s = memmem(s, (size_t)(end - s), "CONFIG_", 7))) {
		size_t len = 7;

		while (s + len < end && is_word_char(s[len]))
			len++;
		char *symbol = xstrndup(s, len);
		if (len > 7)
			sv_add_once(to, symbol);
		free(symbol);
		s += len;
	}
}

/* Splits "foo-$(CONFIG_X)" at its last '-' outside of parentheses. */
static void split_name(struct kmake_assign *a)
{
	const char *dash = NULL, *suffix;

	for (const char *s = a->name; *s; s++) {
		if (kmake_is_ref(s)) {
			s = kmake_closing(s + 2);
			if (!s)
				break;
		} else if (*s == '-') {
			dash = s;
		}
	}
	if (!dash || dash == a->name)
		return;
	suffix = dash + 1;
	if (!strcmp(suffix, "y") || !strcmp(suffix, "m") ||
	    !strcmp(suffix, "objs")) {
		a->list = true;
	} else if (kmake_is_ref(suffix)) {
		a->list = true;
		add_symbols(&a->symbols, suffix, strlen(suffix));
	}
	if (a->list)
		a->base = xstrndup(a->name, (size_t)(dash - a->name));
}

static void add_assign(struct kmake_reader *r, char *name, char *value)
{
	struct kmake_assign *a;

	GROW(r->v, r->n, r->cap);
	a = &r->v[r->n++];
	*a = (struct kmake_assign){.name = name, .value = value};
	split_name(a);
	for (size_t i = 0; i < r->cond_count; i++)
		if (r->conds[i].symbol && r->conds[i].positive)
			sv_add_once(&a->conds, r->conds[i].symbol);
	a->from_top = r->arch_makefile && a->base && strcmp(a->base, "obj");
}

/* The '=' of an assignment outside of parentheses, or NULL (a rule, ...). */
static const char *find_operator(const char *line, size_t *name_len)
{
	for (const char *s = line; *s; s++) {
		if (kmake_is_ref(s)) {
			s = kmake_closing(s + 2);
			if (!s)
				return NULL;
		} else if (*s == '=') {
			const char *e = s;

			while (e > line && strchr(":+?!", e[-1]))
				e--;
			*name_len = (size_t)(e - line);
			return s;
		} else if (*s == ':' && s[1] != '=' && s[1] != ':') {
			return NULL;
		}
	}
	return NULL;
}

/* Only a test of one symbol says something about the branch. */
static void read_condition(const char *line, struct kmake_cond *c)
{
	struct strvec symbols = {0};
	bool equal = starts_with(line, "ifeq");
	const char *rest = line + strcspn(line, " \t(");

	*c = (struct kmake_cond){0};
	add_symbols(&symbols, rest, strlen(rest));
	if (symbols.n == 1)
		c->symbol = xstrdup(symbols.v[0]);
	sv_free(&symbols);
	if (starts_with(line, "ifdef")) {
		c->positive = true;
	} else if (equal || starts_with(line, "ifneq")) {
		size_t n = strlen(rest);
		bool empty;

		while (n && strchr(" \t)\"'", rest[n - 1]))
			n--;
		empty = n && rest[n - 1] == ',';
		if (n > 1 && rest[n - 1] == 'n' && rest[n - 2] == ',')
			empty = true;
		c->positive = equal != empty;
	}
}

static void pop_condition(struct kmake_reader *r)
{
	if (r->cond_count)
		free(r->conds[--r->cond_count].symbol);
}

static void push_condition(struct kmake_reader *r, const char *line)
{
	GROW(r->conds, r->cond_count, r->cond_cap);
	read_condition(line, &r->conds[r->cond_count++]);
}

static bool is_word(const char *line, const char *word)
{
	size_t n = strlen(word);

	return starts_with(line, word) &&
	       (!line[n] || strchr(" \t(\"'", line[n]));
}

static bool is_if(const char *line)
{
	return is_word(line, "ifdef") || is_word(line, "ifndef") ||
	       is_word(line, "ifeq") || is_word(line, "ifneq");
}

static bool read_conditional(struct kmake_reader *r, const char *line)
{
	if (is_if(line)) {
		push_condition(r, line);
	} else if (is_word(line, "else")) {
		const char *rest = line + 4;

		rest += strspn(rest, " \t");
		if (is_if(rest)) {
			pop_condition(r);
			push_condition(r, rest);
		} else if (r->cond_count) {
			struct kmake_cond *c = &r->conds[r->cond_count - 1];

			c->positive = !c->positive;
		}
	} else if (is_word(line, "endif")) {
		pop_condition(r);
	} else {
		return false;
	}
	return true;
}

/* "include $(srctree)/path" and "include $(src)/path", where they exist. */
static void read_include(struct kmake_reader *r, const char *what)
{
	static const char *const top[] = {"$(srctree)/", "${srctree}/"};
	static const char *const here[] = {"$(src)/", "$(obj)/", "${src}/"};
	struct strbuf text = {0};
	char *path = NULL;

	what += strspn(what, " \t");
	for (size_t i = 0; i < ARRAY_SIZE(top); i++)
		if (starts_with(what, top[i]))
			path = xasprintf("%s/%s", r->tree,
					 what + strlen(top[i]));
	for (size_t i = 0; i < ARRAY_SIZE(here); i++)
		if (starts_with(what, here[i]))
			path = xasprintf("%s/%s/%s", r->tree, r->dir,
					 what + strlen(here[i]));
	if (path && !strchr(path, '$') && r->includes < MAX_DEPTH &&
	    !file_read(path, &text)) {
		r->includes++;
		read_text(r, sb_str(&text));
		r->includes--;
	}
	sb_free(&text);
	free(path);
}

static void read_line(struct kmake_reader *r, const char *line)
{
	static const char *const marks[] = {"export ", "override ",
					    "unexport "};
	const char *op;
	size_t len;

	line += strspn(line, " \t");
	if (!*line || read_conditional(r, line))
		return;
	if (r->tree && is_word(line, "include")) {
		read_include(r, line + 7);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (starts_with(line, marks[i]))
			line += strlen(marks[i]) +
				strspn(line + strlen(marks[i]), " \t");
	op = find_operator(line, &len);
	if (!op)
		return;
	char *name = kmake_trimmed(line, len);
	if (!*name) {
		free(name);
		return;
	}
	add_assign(r, name, kmake_trimmed(op + 1, strlen(op + 1)));
}

/* One logical line: continuations joined, the comment cut off. */
static const char *next_line(const char *text, struct strbuf *line)
{
	bool comment = false;

	sb_reset(line);
	while (*text) {
		size_t n = strcspn(text, "\n");
		size_t m = n;
		bool more;

		if (m && text[m - 1] == '\r')
			m--;
		more = m && text[m - 1] == '\\';
		if (more)
			m--;
		for (size_t i = 0; i < m && !comment; i++) {
			if (text[i] == '#' && !(i && text[i - 1] == '\\'))
				comment = true;
			else
				sb_addc(line, text[i]);
		}
		text += n + (text[n] == '\n');
		if (!more)
			break;
		sb_addc(line, ' ');
	}
	return text;
}

static void read_text(struct kmake_reader *r, const char *text)
{
	struct strbuf line = {0};
	size_t depth = r->cond_count;
	bool define = false;

	while (*text) {
		const char *s;

		text = next_line(text, &line);
		s = sb_str(&line);
		s += strspn(s, " ");
		if (is_word(s, "define"))
			define = true;
		else if (is_word(s, "endef"))
			define = false;
		else if (!define)
			read_line(r, sb_str(&line));
	}
	while (r->cond_count > depth)
		pop_condition(r);
	sb_free(&line);
}

/* dir/word with "./", "../" and double slashes taken out. */
static char *join(const char *dir, const char *word)
{
	struct strvec parts = {0};
	struct strbuf sb = {0};
	size_t n = 0;

	sv_split(&parts, dir, "/");
	n = parts.n;
	sv_split(&parts, word, "/");
	for (size_t i = n; i < parts.n; i++) {
		char *p = parts.v[i];

		if (!strcmp(p, "..")) {
			n -= n > 0;
		} else if (strcmp(p, ".")) {
			parts.v[i] = parts.v[n];
			parts.v[n++] = p;
		}
	}
	for (size_t i = 0; i < n; i++)
		sb_addf(&sb, "%s%s", i ? "/" : "", parts.v[i]);
	if (n && ends_with(word, "/"))
		sb_addc(&sb, '/');
	sv_free(&parts);
	return sb_detach(&sb);
}

static bool is_top_list(const struct kmake_reader *r, const char *base)
{
	static const char *const arch[] = {"core", "drivers", "libs",
					   "net",  "init",    "virt"};

	if (!strcmp(base, "obj") || !strcmp(base, "lib"))
		return true;
	return r->arch_makefile && WORD_IN(base, arch);
}

static void add_entries(struct kmake_reader *r, struct kmake_dir *d,
			const struct kmake_assign *a, const char *base)
{
	struct kmake_words ws = {0};
	struct strvec configs = {0};
	char *owner = NULL;

	if (!is_top_list(r, base)) {
		char *name = xasprintf("%s.o", base);

		owner = join(d->dir, name);
		free(name);
	}
	sv_addv(&configs, &a->symbols);
	sv_addv(&configs, &a->conds);
	kmake_expand(r, a->value, strlen(a->value), &configs, &ws, 0);
	for (size_t i = 0; i < ws.n; i++) {
		struct kmake_word *w = &ws.v[i];
		struct kmake_entry *e;
		char *target;

		if (!ends_with(w->text, ".o") && !ends_with(w->text, "/"))
			continue;
		target = join(a->from_top ? "" : d->dir, w->text);
		if (!*target) {
			free(target);
			continue;
		}
		GROW(d->v, d->n, d->cap);
		e = &d->v[d->n++];
		*e = (struct kmake_entry){
			.target = target,
			.owner = owner ? xstrdup(owner) : NULL,
			.configs = w->configs,
			.switched = a->symbols.n > 0,
		};
		w->configs = (struct strvec){0};
	}
	kmake_free_words(&ws);
	sv_free(&configs);
	free(owner);
}

static void add_all_entries(struct kmake_reader *r, struct kmake_dir *d)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct kmake_assign *a = &r->v[i];
		struct strvec none = {0};
		struct kmake_words names = {0};

		if (!a->list)
			continue;
		kmake_expand(r, a->base, strlen(a->base), &none, &names, 0);
		for (size_t j = 0; j < names.n; j++)
			add_entries(r, d, a, names.v[j].text);
		kmake_free_words(&names);
	}
}

static void free_reader(struct kmake_reader *r)
{
	while (r->cond_count)
		pop_condition(r);
	free(r->conds);
	for (size_t i = 0; i < r->n; i++) {
		struct kmake_assign *a = &r->v[i];

		free(a->name);
		free(a->value);
		free(a->base);
		sv_free(&a->symbols);
		sv_free(&a->conds);
	}
	free(r->v);
}

static void parse_into(struct kmake_dir *d, const char *tree, const char *text,
		       bool arch_makefile)
{
	struct kmake_reader r = {
		.tree = tree, .dir = d->dir, .arch_makefile = arch_makefile};

	read_text(&r, text);
	add_all_entries(&r, d);
	free_reader(&r);
}

static struct kmake_dir *new_dir(const char *dir)
{
	struct kmake_dir *d = xcalloc(1, sizeof(*d));

	d->dir = xstrdup(dir);
	return d;
}

struct kmake_dir *kmake_parse(const char *tree, const char *dir,
			      const char *text)
{
	struct kmake_dir *d = new_dir(dir);

	parse_into(d, tree, text, false);
	return d;
}

struct kmake_dir *kmake_read(const char *tree, const char *dir)
{
	static const char *const names[] = {"Kbuild", "Makefile"};
	struct kmake_dir *d = new_dir(dir);
	bool arch = starts_with(dir, "arch/") && !strchr(dir + 5, '/');
	struct strbuf text = {0};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char *path = xasprintf("%s/%s/%s", tree, dir, names[i]);
		int r;

		/* The top Makefile is kbuild's own machinery. */
		if (!*dir && i) {
			free(path);
			break;
		}
		r = file_read(path, &text);
		free(path);
		if (r)
			continue;
		parse_into(d, tree, sb_str(&text), arch && i);
		if (!arch)
			break;
	}
	sb_free(&text);
	return d;
}

void kmake_free(struct kmake_dir *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->n; i++) {
		free(d->v[i].target);
		free(d->v[i].owner);
		sv_free(&d->v[i].configs);
	}
	free(d->v);
	free(d->dir);
	free(d);
}
