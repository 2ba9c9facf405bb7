// SPDX-License-Identifier: GPL-2.0-only
#include "csource.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { COND_NONE, COND_IF, COND_ELSE, COND_ENDIF };

static int conditional(const struct ctokens *ts, size_t i)
{
	const char *p = ts->text + ts->v[i].off;
	const char *end = p + ts->v[i].len;

	if (ts->v[i].kind != TOK_DIRECTIVE)
		return COND_NONE;
	for (p++; p < end && isspace((unsigned char)*p); p++)
		;
	if (end - p >= 2 && !memcmp(p, "if", 2))
		return COND_IF;
	if (end - p >= 2 && !memcmp(p, "el", 2))
		return COND_ELSE;
	if (end - p >= 5 && !memcmp(p, "endif", 5))
		return COND_ENDIF;
	return COND_NONE;
}

/* From an #else or #elif: the index of its #endif. */
static size_t skip_else(const struct ctokens *ts, size_t i)
{
	size_t depth = 1;

	while (++i < ts->n) {
		int c = conditional(ts, i);

		if (c == COND_IF)
			depth++;
		else if (c == COND_ENDIF && !--depth)
			return i;
	}
	return ts->n;
}

/*
 * The brace that closes the one at `open`. Each branch of a conditional
 * starts from the depth of its #if; the #else of an #if outside is left out.
 */
static size_t match_brace(const struct ctokens *ts, size_t open)
{
	int saved[64], levels = 0, depth = 0;

	for (size_t i = open; i < ts->n; i++) {
		switch (conditional(ts, i)) {
		case COND_IF:
			if (levels == (int)ARRAY_SIZE(saved))
				return ts->n;
			saved[levels++] = depth;
			break;
		case COND_ELSE:
			if (levels)
				depth = saved[levels - 1];
			else
				i = skip_else(ts, i);
			break;
		case COND_ENDIF:
			if (levels)
				levels--;
			break;
		}
		if (ctoken_is(ts, i, "{"))
			depth++;
		else if (ctoken_is(ts, i, "}") && --depth <= 0)
			return i;
	}
	return ts->n;
}

static bool is_attribute(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"__attribute__", "__printf",   "__scanf",    "__section",
		"__aligned",	 "__releases", "__acquires", "__must_hold",
		"__alias",	 "__cond_acquires", "__diagnose_as",
		"__malloc",	 "__no_context_analysis", "typeof",
	};

	return TOKEN_IN(ts, i, words);
}

/* "struct net_device *dev", perhaps const. */
static bool netdev_declaration(const struct ctokens *ts, size_t from, size_t to)
{
	if (ctoken_is(ts, from, "const"))
		from++;
	return to - from >= 3 && ctoken_is(ts, from, "struct") &&
	       ctoken_is(ts, from + 1, "net_device") &&
	       ctoken_is(ts, from + 2, "*") &&
	       !ctoken_is(ts, from + 3, "*");
}

/* The declared name: the last word outside brackets that no type needs. */
static char *param_name(const struct ctokens *ts, size_t from, size_t to)
{
	size_t name = to, words = 0;

	for (size_t i = from; i < to; i++) {
		if (ctoken_is(ts, i, "[") || ctoken_is(ts, i, "("))
			break;
		if (!ctoken_is_word(ts, i) || ctoken_is(ts, i, "const") ||
		    ctoken_is(ts, i, "__user") || ctoken_is(ts, i, "__iomem") ||
		    ctoken_is(ts, i, "__always_unused") ||
		    ctoken_is(ts, i, "__maybe_unused") ||
		    ctoken_is(ts, i, "unsigned") || ctoken_is(ts, i, "struct") ||
		    ctoken_is(ts, i, "enum") || ctoken_is(ts, i, "union"))
			continue;
		words++;
		name = i;
	}
	/* One word alone is the type, unless nothing else could be it. */
	if (words < 2 && !(words == 1 && ctoken_is(ts, from, "unsigned")))
		return NULL;
	return ctoken_dup(ts, name);
}

static void add_param(struct cfunc *f, const struct ctokens *ts, size_t from,
		      size_t to)
{
	struct cparam *p;

	if (from == to || (to == from + 1 && ctoken_is(ts, from, "void")))
		return;
	GROW(f->params, f->param_count, f->param_cap);
	p = &f->params[f->param_count++];
	*p = (struct cparam){
		.from = from,
		.to = to,
		.name = param_name(ts, from, to),
		.is_netdev = netdev_declaration(ts, from, to),
	};
}

void cargs_read(struct cargs *args, const struct ctokens *ts, size_t open)
{
	size_t close = ctokens_match(ts, open, ts->n), from = open + 1;

	*args = (struct cargs){.close = close};
	for (size_t i = open + 1; i <= close && i < ts->n; i++) {
		if (i < close && (ctoken_is(ts, i, "(") ||
				  ctoken_is(ts, i, "[") ||
				  ctoken_is(ts, i, "{"))) {
			i = ctokens_match(ts, i, close);
			continue;
		}
		if (i != close && !ctoken_is(ts, i, ","))
			continue;
		if (i > from || args->n || i != close) {
			GROW(args->v, args->n, args->cap);
			args->v[args->n++] = (struct carg){from, i};
		}
		from = i + 1;
	}
}

void cargs_free(struct cargs *args)
{
	free(args->v);
	*args = (struct cargs){0};
}

static void read_params(struct cfunc *f, const struct ctokens *ts)
{
	struct cargs args;

	cargs_read(&args, ts, f->open);
	for (size_t i = 0; i < args.n; i++)
		add_param(f, ts, args.v[i].from, args.v[i].to);
	cargs_free(&args);
}

/*
 * The tokens start..stop-1 stand before a "{" or ";" at the file's level: a
 * function's header? Fills name and parameters then.
 */
static bool read_header(struct cfunc *f, const struct ctokens *ts, size_t start,
			size_t stop)
{
	for (size_t i = start; i + 1 < stop; i++) {
		if (ctoken_is(ts, i, "=") || ctoken_is(ts, i, "typedef"))
			return false;
		if (is_attribute(ts, i) && ctoken_is(ts, i + 1, "(")) {
			i = ctokens_match(ts, i + 1, stop);
			continue;
		}
		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		f->close = ctokens_match(ts, i + 1, stop);
		/* "u32 (*table[])(...)" is no function. */
		if (f->close >= stop || ctoken_is(ts, i + 2, "*") ||
		    ctoken_is(ts, f->close + 1, "("))
			return false;
		f->start = start;
		f->name_tok = i;
		f->open = i + 1;
		f->name = ctoken_dup(ts, i);
		f->line = (int)ts->v[i].line;
		for (size_t k = start; k < i; k++) {
			if (ctoken_is(ts, k, "static"))
				f->is_static = true;
			if (ctoken_is(ts, k, "void"))
				f->is_void = !ctoken_is(ts, k + 1, "*");
		}
		read_params(f, ts);
		return true;
	}
	return false;
}

static void add_func(struct csource *src, struct cfunc f)
{
	GROW(src->funcs, src->func_count, src->func_cap);
	f.src = src;
	src->funcs[src->func_count++] = f;
}

static void add_proto(struct csource *src, struct cfunc f)
{
	GROW(src->protos, src->proto_count, src->proto_cap);
	f.src = src;
	src->protos[src->proto_count++] = f;
}

static void add_export(struct csource *src, const struct ctokens *ts,
		       size_t start)
{
	char *word;

	if (!ctoken_is_word(ts, start) || !ctoken_is(ts, start + 1, "("))
		return;
	word = ctoken_dup(ts, start);
	if (starts_with(word, "EXPORT_") && ctoken_is_word(ts, start + 2)) {
		char *name = ctoken_dup(ts, start + 2);

		sv_add_once(&src->exports, name);
		free(name);
	}
	free(word);
}

/* One word of a directive: past white space, moves p behind it. */
static char *directive_word(const char **p, const char *end)
{
	const char *from;

	while (*p < end && (**p == ' ' || **p == '\t'))
		(*p)++;
	from = *p;
	while (*p < end && is_word_char(**p))
		(*p)++;
	return xstrndup(from, (size_t)(*p - from));
}

static void read_define(struct csource *src, const char *p, const char *end,
			int line)
{
	struct cmacro m = {.line = line};

	m.name = directive_word(&p, end);
	m.has_params = p < end && *p == '(';
	if (m.has_params) {
		const char *close = memchr(p, ')', (size_t)(end - p));

		if (!close)
			close = end - 1;
		m.params = xstrndup(p + 1, (size_t)(close - p - 1));
		p = close + 1;
	}
	m.body = xstrndup(p, p < end ? (size_t)(end - p) : 0);
	GROW(src->macros, src->macro_count, src->macro_cap);
	src->macros[src->macro_count++] = m;
}

static void read_directive(struct csource *src, size_t i)
{
	const struct ctoken *t = &src->toks.v[i];
	const char *p = src->toks.text + t->off + 1;
	const char *end = src->toks.text + t->off + t->len;
	char *word = directive_word(&p, end);

	if (!strcmp(word, "define")) {
		read_define(src, p, end, (int)t->line);
	} else if (!strcmp(word, "include")) {
		while (p < end && *p != '"' && *p != '<')
			p++;
		if (p + 1 < end) {
			char close = *p == '"' ? '"' : '>';
			const char *q = memchr(p + 1, close,
					       (size_t)(end - p - 1));

			if (q) {
				char *name = xstrndup(p + 1,
						      (size_t)(q - p - 1));

				sv_add(&src->includes, name);
				free(name);
			}
		}
	}
	free(word);
}

static void free_func(struct cfunc *f)
{
	for (size_t i = 0; i < f->param_count; i++)
		free(f->params[i].name);
	free(f->params);
	free(f->name);
}

static void free_funcs(struct cfunc *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free_func(&f[i]);
	free(f);
}

static void read_file_level(struct csource *src)
{
	const struct ctokens *ts = &src->toks;
	size_t start = 0;

	for (size_t i = 0; i < ts->n; i++) {
		struct cfunc f = {0};

		if (ts->v[i].kind == TOK_DIRECTIVE) {
			read_directive(src, i);
			start = i + 1;
		} else if (ctoken_is(ts, i, "{")) {
			size_t end = match_brace(ts, i);

			if (read_header(&f, ts, start, i)) {
				f.body = i;
				f.end = end < ts->n ? end : ts->n - 1;
				add_func(src, f);
				start = end + 1;
			}
			for (size_t k = i; k < end && k < ts->n; k++)
				if (ts->v[k].kind == TOK_DIRECTIVE)
					read_directive(src, k);
			i = end;
		} else if (ctoken_is(ts, i, ";")) {
			/* A type stands before the name, or it is a macro. */
			if (read_header(&f, ts, start, i) &&
			    f.name_tok > start)
				add_proto(src, f);
			else
				free_func(&f);
			add_export(src, ts, start);
			start = i + 1;
		}
	}
}

struct csource *csource_parse(const char *path, struct strbuf *text)
{
	struct csource *src = xcalloc(1, sizeof(*src));

	src->path = xstrdup(path);
	src->text = *text;
	*text = (struct strbuf){0};
	ctokens_read(&src->toks, sb_str(&src->text), src->text.len, false);
	read_file_level(src);
	return src;
}

struct csource *csource_read(const char *tree, const char *path, int *error)
{
	char *whole = xasprintf("%s/%s", tree, path);
	struct strbuf text = {0};

	*error = file_read(whole, &text);
	free(whole);
	if (*error) {
		sb_free(&text);
		return NULL;
	}
	return csource_parse(path, &text);
}

void csource_free(struct csource *src)
{
	if (!src)
		return;
	free_funcs(src->funcs, src->func_count);
	free_funcs(src->protos, src->proto_count);
	for (size_t i = 0; i < src->macro_count; i++) {
		free(src->macros[i].name);
		free(src->macros[i].params);
		free(src->macros[i].body);
	}
	free(src->macros);
	sv_free(&src->includes);
	sv_free(&src->exports);
	ctokens_free(&src->toks);
	sb_free(&src->text);
	free(src->path);
	free(src);
}

struct cfunc *csource_func(const struct csource *src, const char *name)
{
	for (size_t i = 0; i < src->func_count; i++)
		if (!strcmp(src->funcs[i].name, name))
			return &src->funcs[i];
	return NULL;
}

struct cmacro *csource_macro(const struct csource *src, const char *name)
{
	for (size_t i = 0; i < src->macro_count; i++)
		if (!strcmp(src->macros[i].name, name))
			return &src->macros[i];
	return NULL;
}

const char *cmacro_word(const struct cmacro *m, size_t *len)
{
	const char *p = m->body + strspn(m->body, " \t");
	size_t n = word_length(p);

	*len = n;
	return m->has_params || !n || isdigit((unsigned char)*p) ||
	       p[n + strspn(p + n, " \t")] ? NULL : p;
}

size_t csource_definitions(const struct csource *src, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < src->func_count; i++)
		n += !strcmp(src->funcs[i].name, name);
	return n;
}

bool cfunc_has_word(const struct cfunc *f, const char *word)
{
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(&f->src->toks, i, word))
			return true;
	return false;
}

struct cfunc *csource_func_at(const struct csource *src, size_t tok)
{
	size_t lo = 0, hi = src->func_count;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		struct cfunc *f = &src->funcs[mid];

		if (tok < f->start)
			hi = mid;
		else if (tok > f->end)
			lo = mid + 1;
		else
			return f;
	}
	return NULL;
}

int csource_line(const struct csource *src, size_t tok)
{
	return tok < src->toks.n ? (int)src->toks.v[tok].line : 0;
}

char *csource_place(const struct csource *src, size_t tok)
{
	return xasprintf("%s:%d", src->path, csource_line(src, tok));
}
