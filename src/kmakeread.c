// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "kmakeread.h"

/* Bounds against files that refer to themselves or explode. */
#define MAX_DEPTH 12
#define MAX_WORDS 20000
#define MAX_STEPS 200000

/* "NAME-SUFFIX op VALUE" as it stands. */
struct assign {
	char *name, *value;
	char *base;		/* name without its -y, -objs, -$(CONFIG_X) */
	struct strvec symbols;	/* of the suffix */
	struct strvec conds;	/* of the ifdefs around it */
	bool list;		/* has such a suffix */
	bool from_top;		/* words count from the tree's top */
};

struct cond {
	char *symbol;		/* the one CONFIG_X that it tests, or NULL */
	bool positive;		/* this branch is taken when X is on */
};

struct reader {
	const char *tree, *dir;
	struct assign *v;
	size_t n, cap;
	struct cond *conds;
	size_t cond_count, cond_cap;
	bool arch_makefile;
	int includes;
	size_t words, steps;
};

static void read_text(struct reader *r, const char *text);

/* The first ')' or '}' that closes the one before s; NULL where none does. */
static const char *closing(const char *s)
{
	int depth = 1;

	for (; *s; s++) {
		if (*s == '(' || *s == '{')
			depth++;
		else if ((*s == ')' || *s == '}') && !--depth)
			return s;
	}
	return NULL;
}

static bool is_reference(const char *s)
{
	return s[0] == '$' && (s[1] == '(' || s[1] == '{');
}

static void add_symbols(struct strvec *to, const char *s, size_t n)
{
	const char *end = s + n;

	while ((s = memmem(s, (size_t)(end - s), "CONFIG_", 7))) {
		size_t len = 7;

		while (s + len < end &&
		       (isalnum((unsigned char)s[len]) || s[len] == '_'))
			len++;
		char *symbol = xstrndup(s, len);
		if (len > 7)
			sv_add_once(to, symbol);
		free(symbol);
		s += len;
	}
}

/* Splits "foo-$(CONFIG_X)" at its last '-' outside of parentheses. */
static void split_name(struct assign *a)
{
	const char *dash = NULL, *suffix;

	for (const char *s = a->name; *s; s++) {
		if (is_reference(s)) {
			s = closing(s + 2);
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
	} else if (is_reference(suffix)) {
		a->list = true;
		add_symbols(&a->symbols, suffix, strlen(suffix));
	}
	if (a->list)
		a->base = xstrndup(a->name, (size_t)(dash - a->name));
}

static char *trimmed(const char *s, size_t n)
{
	while (n && isspace((unsigned char)*s))
		s++, n--;
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	return xstrndup(s, n);
}

static void add_assign(struct reader *r, char *name, char *value)
{
	struct assign *a;

	GROW(r->v, r->n, r->cap);
	a = &r->v[r->n++];
	*a = (struct assign){ .name = name, .value = value };
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
		if (is_reference(s)) {
			s = closing(s + 2);
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
static void read_condition(const char *line, struct cond *c)
{
	struct strvec symbols = { 0 };
	bool equal = starts_with(line, "ifeq");
	const char *rest = line + strcspn(line, " \t(");

	*c = (struct cond){ 0 };
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

static void pop_condition(struct reader *r)
{
	if (r->cond_count)
		free(r->conds[--r->cond_count].symbol);
}

static void push_condition(struct reader *r, const char *line)
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

static bool read_conditional(struct reader *r, const char *line)
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
			struct cond *c = &r->conds[r->cond_count - 1];

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
static void read_include(struct reader *r, const char *what)
{
	static const char *const top[] = { "$(srctree)/", "${srctree}/" };
	static const char *const here[] = { "$(src)/", "$(obj)/", "${src}/" };
	struct strbuf text = { 0 };
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

static void read_line(struct reader *r, const char *line)
{
	static const char *const marks[] = { "export ", "override ",
					     "unexport " };
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
	char *name = trimmed(line, len);
	if (!*name) {
		free(name);
		return;
	}
	add_assign(r, name, trimmed(op + 1, strlen(op + 1)));
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

static void read_text(struct reader *r, const char *text)
{
	struct strbuf line = { 0 };
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

/* A word of a list with the symbols that lead to it. */
struct word {
	char *text;
	struct strvec configs;
};

struct words {
	struct word *v;
	size_t n, cap;
};

static void free_words(struct words *ws)
{
	for (size_t i = 0; i < ws->n; i++) {
		free(ws->v[i].text);
		sv_free(&ws->v[i].configs);
	}
	free(ws->v);
}

static void add_word(struct reader *r, struct words *ws, char *text,
		     const struct strvec *configs)
{
	if (!*text || r->words >= MAX_WORDS) {
		free(text);
		return;
	}
	r->words++;
	GROW(ws->v, ws->n, ws->cap);
	ws->v[ws->n] = (struct word){ .text = text };
	for (size_t i = 0; i < configs->n; i++)
		sv_add_once(&ws->v[ws->n].configs, configs->v[i]);
	ws->n++;
}

static void expand(struct reader *r, const char *s, size_t n,
		   const struct strvec *configs, struct words *out, int depth);

/* Does "$(ref)" mean this assignment? foo-y also means foo-$(CONFIG_X). */
static bool refers_to(const struct assign *a, const char *ref)
{
	size_t n;

	if (!strcmp(a->name, ref))
		return true;
	if (!a->symbols.n || (!ends_with(ref, "-y") && !ends_with(ref, "-m")))
		return false;
	n = strlen(ref) - 2;
	return !strncmp(a->base, ref, n) && !a->base[n];
}

static void expand_variable(struct reader *r, const char *ref,
			    const struct strvec *configs, struct words *out,
			    int depth)
{
	r->steps += r->n / 16;
	for (size_t i = 0; i < r->n; i++) {
		const struct assign *a = &r->v[i];
		struct strvec all = { 0 };

		if (!refers_to(a, ref))
			continue;
		sv_addv(&all, configs);
		sv_addv(&all, &a->symbols);
		sv_addv(&all, &a->conds);
		expand(r, a->value, strlen(a->value), &all, out, depth + 1);
		sv_free(&all);
	}
}

/* $(name:A=B): the ending A becomes B. */
static void substitute(struct words *ws, const char *rule)
{
	const char *equal = strchr(rule, '=');
	const char *to;
	char *from;

	if (!equal)
		return;
	to = equal + 1;
	from = trimmed(rule, (size_t)(equal - rule));
	if (*from == '%' && *to == '%') {
		memmove(from, from + 1, strlen(from));
		to++;
	}
	for (size_t i = 0; i < ws->n; i++) {
		char *old = ws->v[i].text;

		if (!ends_with(old, from))
			continue;
		ws->v[i].text = xasprintf("%.*s%s",
					  (int)(strlen(old) - strlen(from)),
					  old, to);
		free(old);
	}
	free(from);
}

/* The length of the first argument of a function: to its comma. */
static size_t argument(const char *s)
{
	size_t i;

	for (i = 0; s[i] && s[i] != ','; i++) {
		if (is_reference(s + i)) {
			const char *end = closing(s + i + 2);

			if (!end)
				return strlen(s);
			i = (size_t)(end - s);
		}
	}
	return i;
}

/*
 * $(addprefix a/,b.o) and $(addsuffix .o,b) are computed; of any other
 * function all words of its arguments are taken.
 */
static void expand_call(struct reader *r, const char *name, const char *args,
			const struct strvec *configs, struct words *out,
			int depth)
{
	bool prefix = !strcmp(name, "addprefix");
	size_t len = argument(args);
	struct words list = { 0 };
	char *affix;

	if (!prefix && strcmp(name, "addsuffix")) {
		while (*args) {
			len = argument(args);
			expand(r, args, len, configs, out, depth + 1);
			args += len + (args[len] == ',');
		}
		return;
	}
	affix = trimmed(args, len);
	args += len + (args[len] == ',');
	expand(r, args, strlen(args), configs, &list, depth + 1);
	for (size_t i = 0; i < list.n; i++)
		add_word(r, out,
			 prefix ? xasprintf("%s%s", affix, list.v[i].text) :
				  xasprintf("%s%s", list.v[i].text, affix),
			 &list.v[i].configs);
	free_words(&list);
	free(affix);
}

/* What stands between "$(" and ")". */
static void expand_reference(struct reader *r, const char *inner,
			     const struct strvec *configs, struct words *out,
			     int depth)
{
	size_t len = strcspn(inner, " \t:");
	char *name = xstrndup(inner, len);

	if (inner[len] == ':') {
		struct words ws = { 0 };

		expand_variable(r, name, configs, &ws, depth);
		substitute(&ws, inner + len + 1);
		for (size_t i = 0; i < ws.n; i++)
			add_word(r, out, xstrdup(ws.v[i].text),
				 &ws.v[i].configs);
		free_words(&ws);
	} else if (inner[len]) {
		const char *args = inner + len;

		args += strspn(args, " \t");
		expand_call(r, name, args, configs, out, depth);
	} else {
		expand_variable(r, name, configs, out, depth);
	}
	free(name);
}

/* One word that may hold a reference: "a$(b)c". */
static void expand_word(struct reader *r, const char *s, size_t n,
			const struct strvec *configs, struct words *out,
			int depth)
{
	const char *ref = s, *end;
	struct words inner = { 0 }, tail = { 0 };

	while (ref + 1 < s + n && !is_reference(ref))
		ref++;
	end = ref + 1 < s + n ? closing(ref + 2) : NULL;
	if (!end || end >= s + n) {
		add_word(r, out, xstrndup(s, n), configs);
		return;
	}
	char *text = xstrndup(ref + 2, (size_t)(end - ref - 2));
	expand_reference(r, text, configs, &inner, depth);
	free(text);
	end++;
	if (end < s + n)
		expand_word(r, end, (size_t)(s + n - end), configs, &tail,
			    depth + 1);
	/* An unknown name, like $(obj), is empty. */
	for (size_t i = 0; i < inner.n || !i; i++)
		for (size_t j = 0; j < tail.n || !j; j++)
			add_word(r, out,
				 xasprintf("%.*s%s%s", (int)(ref - s), s,
					   inner.n ? inner.v[i].text : "",
					   tail.n ? tail.v[j].text : ""),
				 inner.n ? &inner.v[i].configs : configs);
	free_words(&inner);
	free_words(&tail);
}

static void expand(struct reader *r, const char *s, size_t n,
		   const struct strvec *configs, struct words *out, int depth)
{
	const char *end = s + n;

	if (depth > MAX_DEPTH || r->steps > MAX_STEPS)
		return;
	r->steps += n / 64 + 1;
	while (s < end) {
		const char *start = s;

		if (isspace((unsigned char)*s)) {
			s++;
			continue;
		}
		while (s < end && !isspace((unsigned char)*s)) {
			const char *close = NULL;

			if (is_reference(s))
				close = closing(s + 2);
			if (close && close < end)
				s = close;
			s++;
		}
		expand_word(r, start, (size_t)(s - start), configs, out,
			    depth);
	}
}

/* dir/word with "./", "../" and double slashes taken out. */
static char *join(const char *dir, const char *word)
{
	struct strvec parts = { 0 };
	struct strbuf sb = { 0 };
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

static bool is_top_list(const struct reader *r, const char *base)
{
	static const char *const arch[] = { "core", "drivers", "libs", "net",
					    "init", "virt" };

	if (!strcmp(base, "obj") || !strcmp(base, "lib"))
		return true;
	for (size_t i = 0; r->arch_makefile && i < ARRAY_SIZE(arch); i++)
		if (!strcmp(base, arch[i]))
			return true;
	return false;
}

static void add_entries(struct reader *r, struct kmake_dir *d,
			const struct assign *a, const char *base)
{
	struct words ws = { 0 };
	struct strvec configs = { 0 };
	char *owner = NULL;

	if (!is_top_list(r, base)) {
		char *name = xasprintf("%s.o", base);

		owner = join(d->dir, name);
		free(name);
	}
	sv_addv(&configs, &a->symbols);
	sv_addv(&configs, &a->conds);
	expand(r, a->value, strlen(a->value), &configs, &ws, 0);
	for (size_t i = 0; i < ws.n; i++) {
		struct word *w = &ws.v[i];
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
		w->configs = (struct strvec){ 0 };
	}
	free_words(&ws);
	sv_free(&configs);
	free(owner);
}

static void add_all_entries(struct reader *r, struct kmake_dir *d)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct assign *a = &r->v[i];
		struct strvec none = { 0 };
		struct words names = { 0 };

		if (!a->list)
			continue;
		expand(r, a->base, strlen(a->base), &none, &names, 0);
		for (size_t j = 0; j < names.n; j++)
			add_entries(r, d, a, names.v[j].text);
		free_words(&names);
	}
}

static void free_reader(struct reader *r)
{
	while (r->cond_count)
		pop_condition(r);
	free(r->conds);
	for (size_t i = 0; i < r->n; i++) {
		struct assign *a = &r->v[i];

		free(a->name);
		free(a->value);
		free(a->base);
		sv_free(&a->symbols);
		sv_free(&a->conds);
	}
	free(r->v);
}

static void parse_into(struct kmake_dir *d, const char *tree,
		       const char *text, bool arch_makefile)
{
	struct reader r = { .tree = tree, .dir = d->dir,
			    .arch_makefile = arch_makefile };

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
	static const char *const names[] = { "Kbuild", "Makefile" };
	struct kmake_dir *d = new_dir(dir);
	bool arch = starts_with(dir, "arch/") && !strchr(dir + 5, '/');
	struct strbuf text = { 0 };

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
