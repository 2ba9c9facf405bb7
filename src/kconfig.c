// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "kconfig.h"
#include "kexpr.h"

#define MAX_NESTING 100

/* if, menu, choice: what stands in them depends on `depends` too. */
struct scope {
	char kind; /* 'i', 'm', 'c' */
	int choice;
	struct kexpr **depends;
	size_t count, cap;
};

struct parser {
	struct kconfig *kc;
	const char *file;
	int line, depth;
	struct scope *scopes;
	size_t scope_count, scope_cap;
	/* Whose attributes follow: the last definition's, the scope's. */
	enum { NOBODY, DEFINITION, SCOPE } owner;
	bool in_help;
	int help_indent; /* -1 until its first line */
};

static void read_file(struct parser *p, const char *path);

/* An "a && b" counts as two, so that each can be blamed by itself. */
static void add_depend(struct kexpr ***v, size_t *n, size_t *cap,
		       struct kexpr *e)
{
	while (e && e->type == KEXPR_AND) {
		add_depend(v, n, cap, e->a);
		e = e->b;
	}
	if (!e)
		return;
	GROW(*v, *n, *cap);
	(*v)[(*n)++] = e;
}

static void push_scope(struct parser *p, char kind, struct kexpr *e)
{
	struct scope *s;

	GROW(p->scopes, p->scope_count, p->scope_cap);
	s = &p->scopes[p->scope_count++];
	*s = (struct scope){.kind = kind};
	if (kind == 'c')
		s->choice = ++p->kc->choices;
	add_depend(&s->depends, &s->count, &s->cap, e);
	p->owner = kind == 'i' ? NOBODY : SCOPE;
}

static void pop_scope(struct parser *p, char kind)
{
	p->owner = NOBODY;
	if (p->scope_count && p->scopes[p->scope_count - 1].kind == kind)
		free(p->scopes[--p->scope_count].depends);
}

static void begin_def(struct parser *p, const char *name)
{
	struct kconfig *kc = p->kc;
	struct kdef *d;

	GROW(kc->defs, kc->count, kc->cap);
	d = &kc->defs[kc->count++];
	*d = (struct kdef){
		.name = xstrndup(name, strcspn(name, " \t#")),
		.file = p->file,
		.line = p->line,
	};
	for (size_t i = 0; i < p->scope_count; i++) {
		for (size_t k = 0; k < p->scopes[i].count; k++)
			add_depend(&d->depends, &d->depend_count,
				   &d->depend_cap, p->scopes[i].depends[k]);
		if (p->scopes[i].choice)
			d->choice = p->scopes[i].choice;
	}
	p->owner = DEFINITION;
}

/* "source "drivers/net/Kconfig"", with $(SRCARCH) and $(srctree) in it. */
static void read_source(struct parser *p, const char *arg, bool relative)
{
	static const char *const tops[] = {"$(srctree)/", "$srctree/"};
	size_t n = kexpr_word(arg);
	struct strbuf path = {0};
	char *name;

	if (n > 1 && *arg == '"')
		name = xstrndup(arg + 1, n - 2);
	else
		name = xstrndup(arg, strcspn(arg, " \t"));
	for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
		if (starts_with(name, tops[i]))
			memmove(name, name + strlen(tops[i]),
				strlen(name + strlen(tops[i])) + 1);
	if (relative)
		sb_add(&path, p->file, (size_t)(base_name(p->file) - p->file));
	for (const char *s = name; *s; s++) {
		if (starts_with(s, "$(SRCARCH)")) {
			sb_adds(&path, p->kc->srcarch ? p->kc->srcarch : "");
			s += 9;
		} else if (starts_with(s, "$(HEADER_ARCH)")) {
			/* ARCH=um only, which is for PCs alone. */
			sb_adds(&path, "x86");
			s += 13;
		} else {
			sb_addc(&path, *s);
		}
	}
	free(name);
	if (!strchr(sb_str(&path), '$') && !strstr(sb_str(&path), ".."))
		read_file(p, sb_str(&path));
	sb_free(&path);
}

/* The rest of the line behind a keyword, or NULL where it is another. */
static const char *keyword(const char *line, const char *word)
{
	size_t n = strlen(word);

	if (!starts_with(line, word) || (line[n] && !strchr(" \t\"(", line[n])))
		return NULL;
	return line + n + strspn(line + n, " \t");
}

static void read_depends(struct parser *p, const char *arg)
{
	struct kconfig *kc = p->kc;

	if (p->owner == DEFINITION) {
		struct kdef *d = &kc->defs[kc->count - 1];

		add_depend(&d->depends, &d->depend_count, &d->depend_cap,
			   kexpr_parse(kc, arg));
	} else if (p->owner == SCOPE && p->scope_count) {
		struct scope *s = &p->scopes[p->scope_count - 1];

		add_depend(&s->depends, &s->count, &s->cap,
			   kexpr_parse(kc, arg));
	}
}

static bool read_block(struct parser *p, const char *line)
{
	const char *arg;

	if ((arg = keyword(line, "config")) ||
	    (arg = keyword(line, "menuconfig"))) {
		begin_def(p, arg);
	} else if ((arg = keyword(line, "if"))) {
		push_scope(p, 'i', kexpr_parse(p->kc, arg));
	} else if (keyword(line, "menu")) {
		push_scope(p, 'm', NULL);
	} else if (keyword(line, "choice")) {
		push_scope(p, 'c', NULL);
	} else if (keyword(line, "endif")) {
		pop_scope(p, 'i');
	} else if (keyword(line, "endmenu")) {
		pop_scope(p, 'm');
	} else if (keyword(line, "endchoice")) {
		pop_scope(p, 'c');
	} else if ((arg = keyword(line, "source")) ||
		   (arg = keyword(line, "osource"))) {
		p->owner = NOBODY;
		read_source(p, arg, false);
	} else if ((arg = keyword(line, "rsource")) ||
		   (arg = keyword(line, "orsource"))) {
		p->owner = NOBODY;
		read_source(p, arg, true);
	} else if (keyword(line, "comment")) {
		p->owner = NOBODY;
	} else {
		return false;
	}
	return true;
}

/* What stands behind " if ", outside of quotes; NULL where nothing does. */
static const char *condition(const char *s)
{
	for (char quote = 0; *s; s++) {
		if (quote) {
			quote = *s == quote ? 0 : quote;
			continue;
		}
		if (*s == '"' || *s == '\'')
			quote = *s;
		else if (starts_with(s, " if ") || starts_with(s, "\tif "))
			return s + 4;
	}
	return NULL;
}

/* "select X if Y", "default V if Y", "def_bool V if Y". */
static void read_relation(struct parser *p, const char *line)
{
	static const char *const words[] = {"select", "default", "def_bool",
					    "def_tristate"};
	struct kconfig *kc = p->kc;
	struct kdef *d;

	for (size_t i = 0; p->owner == DEFINITION && i < ARRAY_SIZE(words);
	     i++) {
		const char *arg = keyword(line, words[i]);
		const char *cond = arg ? condition(arg) : NULL;

		if (!arg)
			continue;
		d = &kc->defs[kc->count - 1];
		GROW(d->relations, d->relation_count, d->relation_cap);
		d->relations[d->relation_count++] = (struct krelation){
			.select = !i,
			.value = kexpr_parse(kc, arg),
			.cond = cond ? kexpr_parse(kc, cond) : NULL,
		};
	}
}

static void read_prompt(struct parser *p, const char *text)
{
	struct kdef *d = &p->kc->defs[p->kc->count - 1];
	const char *cond = condition(text);

	d->prompt = true;
	d->prompt_if = cond ? kexpr_parse(p->kc, cond) : NULL;
}

static void read_attribute(struct parser *p, const char *line)
{
	static const char *const types[] = {"bool", "tristate", "string",
					    "hex",  "int",	"prompt"};
	const char *arg;

	read_relation(p, line);
	if ((arg = keyword(line, "depends"))) {
		const char *on = keyword(arg, "on");

		read_depends(p, on ? on : arg);
		return;
	}
	for (size_t i = 0; p->owner == DEFINITION && i < ARRAY_SIZE(types);
	     i++) {
		arg = keyword(line, types[i]);
		if (arg && (*arg == '"' || *arg == '\''))
			read_prompt(p, arg);
	}
	if (p->owner == DEFINITION &&
	    (keyword(line, "tristate") || keyword(line, "def_tristate")))
		p->kc->defs[p->kc->count - 1].tristate = true;
}

static int indent(const char *line)
{
	int n = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		n = *line == '\t' ? (n | 7) + 1 : n + 1;
	return n;
}

/* Help goes on while lines are blank or as far in as its first. */
static bool is_help(struct parser *p, const char *line)
{
	int in;

	if (!p->in_help)
		return false;
	if (!line[strspn(line, " \t\r")])
		return true;
	in = indent(line);
	if (p->help_indent < 0)
		p->help_indent = in;
	if (in && in >= p->help_indent)
		return true;
	p->in_help = false;
	return false;
}

static void read_line(struct parser *p, const char *line)
{
	if (is_help(p, line))
		return;
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return;
	if (keyword(line, "help") || keyword(line, "---help---")) {
		p->in_help = true;
		p->help_indent = -1;
		return;
	}
	if (!read_block(p, line))
		read_attribute(p, line);
}

/* Joins continuation lines; returns where the next line begins. */
static const char *next_line(const char *text, struct strbuf *line, int *lines)
{
	bool more = true;

	sb_reset(line);
	while (*text && more) {
		size_t n = strcspn(text, "\n"), m = n;

		(*lines)++;
		if (m && text[m - 1] == '\r')
			m--;
		more = m && text[m - 1] == '\\';
		sb_add(line, text, m - more);
		text += n + (text[n] == '\n');
	}
	return text;
}

static void parse_text(struct parser *p, const char *text)
{
	struct strbuf line = {0};
	int lines = 0;

	while (*text) {
		p->line = lines + 1;
		text = next_line(text, &line, &lines);
		read_line(p, sb_str(&line));
	}
	p->in_help = false;
	sb_free(&line);
}

static void parse_file(struct parser *p, const char *file, const char *text)
{
	const char *old_file = p->file;
	size_t scopes = p->scope_count;
	int old_line = p->line;

	sv_add(&p->kc->files, file);
	p->file = p->kc->files.v[p->kc->files.n - 1];
	p->kc->hash = hash_str(p->kc->hash, file);
	p->kc->hash = hash_str(p->kc->hash, text);
	p->depth++;
	p->owner = NOBODY;
	parse_text(p, text);
	p->depth--;
	while (p->scope_count > scopes)
		free(p->scopes[--p->scope_count].depends);
	p->owner = NOBODY;
	p->file = old_file;
	p->line = old_line;
}

static void read_file(struct parser *p, const char *path)
{
	struct strbuf text = {0};
	char *full;

	if (!p->kc->tree || p->depth > MAX_NESTING ||
	    sv_has(&p->kc->files, path))
		return;
	full = xasprintf("%s/%s", p->kc->tree, path);
	if (!file_read(full, &text))
		parse_file(p, path, sb_str(&text));
	sb_free(&text);
	free(full);
}

void kconfig_parse(struct kconfig *kc, const char *file, const char *text)
{
	struct parser p = {.kc = kc};

	if (!kc->hash)
		kc->hash = HASH_INIT;
	parse_file(&p, file, text);
	free(p.scopes);
}

const char *kconfig_srcarch(const char *arch)
{
	static const char *const map[][2] = {
		{"x86_64", "x86"},	{"i386", "x86"},
		{"sparc64", "sparc"},	{"sparc32", "sparc"},
		{"parisc64", "parisc"}, {"sh64", "sh"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(map); i++)
		if (!strcmp(arch, map[i][0]))
			return map[i][1];
	return arch;
}

static int by_name(const void *a, const void *b)
{
	const struct kdef *x = a, *y = b;
	int r = strcmp(x->name, y->name);

	if (!r)
		r = strcmp(x->file, y->file);
	return r ? r : x->line - y->line;
}

void kconfig_sort(struct kconfig *kc)
{
	if (kc->count)
		qsort(kc->defs, kc->count, sizeof(*kc->defs), by_name);
}

int kconfig_read(struct kconfig *kc, const char *tree, const char *arch)
{
	char *path = xasprintf("%s/Kconfig", tree);
	struct strbuf text = {0};
	int ret = file_read(path, &text);

	free(path);
	if (!ret) {
		kc->tree = tree;
		kc->srcarch = xstrdup(kconfig_srcarch(arch));
		kc->arch = xstrdup(arch);
		kconfig_parse(kc, "Kconfig", sb_str(&text));
		kconfig_sort(kc);
	}
	sb_free(&text);
	return ret;
}

void kconfig_free(struct kconfig *kc)
{
	for (size_t i = 0; i < kc->count; i++) {
		free(kc->defs[i].name);
		free(kc->defs[i].depends);
		free(kc->defs[i].relations);
	}
	for (size_t i = 0; i < kc->expr_count; i++) {
		free(kc->exprs[i]->name);
		free(kc->exprs[i]);
	}
	free(kc->defs);
	free(kc->exprs);
	free(kc->srcarch);
	free(kc->arch);
	sv_free(&kc->files);
	*kc = (struct kconfig){0};
}

const struct kdef *kconfig_find(const struct kconfig *kc, const char *symbol,
				size_t *n)
{
	size_t lo = 0, hi = kc->count;

	if (starts_with(symbol, "CONFIG_"))
		symbol += 7;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(kc->defs[mid].name, symbol) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0;
	     lo + *n < kc->count && !strcmp(kc->defs[lo + *n].name, symbol);)
		(*n)++;
	return *n ? &kc->defs[lo] : NULL;
}

void kconfig_add_needs(const struct kconfig *kc, struct strvec *symbols)
{
	for (size_t i = 0; i < symbols->n; i++) {
		size_t n, m;
		const struct kdef *d = kconfig_find(kc, symbols->v[i], &n);

		/* Of several definitions, none has to hold. */
		for (size_t k = 0; n == 1 && k < d->depend_count; k++) {
			const struct kexpr *e = d->depends[k];
			char *name;

			if (e->type != KEXPR_ATOM ||
			    !kconfig_find(kc, e->name, &m))
				continue;
			name = xasprintf("CONFIG_%s", e->name);
			sv_add_once(symbols, name);
			free(name);
		}
	}
}
