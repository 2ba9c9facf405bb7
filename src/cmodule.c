// SPDX-License-Identifier: GPL-2.0-only
#include "cmodule.h"

#include <stdlib.h>
#include <string.h>

/* A name and what it stands for; sorted by name, then as the files come. */
struct name_at {
	const char *name;
	uint32_t len;
	uint32_t tok;		/* of a word: where it stands */
	struct csource *src;
	union {
		struct cfunc *func;
		struct cmacro *macro;
	};
};

struct names {
	struct name_at *v;
	size_t n, cap;
};

struct name_index {
	struct names funcs, macros;
	struct names words;	/* places of functions' names */
	struct names renamed;	/* B of each "#define A B", A a function */
	struct names targets;	/* functions by the member they are put into */
};

static void index_targets(struct cmodule *mod);

static int compare_words(const char *a, size_t alen, const char *b, size_t blen)
{
	int c = memcmp(a, b, alen < blen ? alen : blen);

	return c ? c : (alen > blen) - (alen < blen);
}

static int compare_names(const void *a, const void *b)
{
	const struct name_at *x = a, *y = b;
	int c = compare_words(x->name, x->len, y->name, y->len);

	/* In one file by place; the files' order is that of their reading. */
	if (!c && x->src == y->src)
		c = (x->tok > y->tok) - (x->tok < y->tok);
	return c;
}

static struct name_at *names_add(struct names *names, const char *name,
				 size_t len)
{
	struct name_at *at;

	GROW(names->v, names->n, names->cap);
	at = &names->v[names->n++];
	*at = (struct name_at){.name = name, .len = (uint32_t)len};
	return at;
}

static void names_sort(struct names *names)
{
	if (names->n)
		qsort(names->v, names->n, sizeof(*names->v), compare_names);
}

/* The first entry of that name, or the place where it would be. */
static size_t names_find(const struct names *names, const char *name,
			 size_t len)
{
	size_t lo = 0, hi = names->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (compare_words(names->v[mid].name, names->v[mid].len, name,
				  len) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool is_name(const struct names *names, size_t i, const char *name,
		    size_t len)
{
	return i < names->n && names->v[i].len == len &&
	       !memcmp(names->v[i].name, name, len);
}

static void index_definitions(struct name_index *ix, struct csource *src)
{
	for (size_t i = 0; i < src->func_count; i++) {
		struct cfunc *f = &src->funcs[i];
		struct name_at *at =
			names_add(&ix->funcs, f->name, strlen(f->name));

		at->src = src;
		at->tok = (uint32_t)f->name_tok;
		at->func = f;
	}
	for (size_t i = 0; i < src->macro_count; i++) {
		struct cmacro *m = &src->macros[i];
		struct name_at *at =
			names_add(&ix->macros, m->name, strlen(m->name));

		at->src = src;
		at->tok = (uint32_t)i;
		at->macro = m;
	}
}

static void index_words(struct name_index *ix, struct csource *src)
{
	for (size_t i = 0; i < src->toks.n; i++) {
		const struct ctoken *t = &src->toks.v[i];
		const char *word = src->toks.text + t->off;
		struct name_at *at;

		if (t->kind != TOK_WORD ||
		    !is_name(&ix->funcs, names_find(&ix->funcs, word, t->len),
			     word, t->len))
			continue;
		at = names_add(&ix->words, word, t->len);
		at->src = src;
		at->tok = (uint32_t)i;
	}
}

/* "#define function another_name" */
static void index_renames(struct name_index *ix, struct csource *src)
{
	for (size_t i = 0; i < src->macro_count; i++) {
		struct cmacro *m = &src->macros[i];
		size_t len;
		const char *word = cmacro_word(m, &len);
		struct name_at *at;

		if (!word || !is_name(&ix->funcs,
				      names_find(&ix->funcs, m->name,
						 strlen(m->name)),
				      m->name, strlen(m->name)))
			continue;
		at = names_add(&ix->renamed, word, len);
		at->src = src;
		at->tok = (uint32_t)i;
		at->macro = m;
	}
}

static struct name_index *index_build(struct cmodule *mod)
{
	struct name_index *ix = xcalloc(1, sizeof(*ix));

	for (size_t s = 0; s < mod->count; s++)
		index_definitions(ix, mod->sources[s]);
	names_sort(&ix->funcs);
	names_sort(&ix->macros);
	for (size_t s = 0; s < mod->count; s++) {
		index_words(ix, mod->sources[s]);
		index_renames(ix, mod->sources[s]);
	}
	names_sort(&ix->words);
	names_sort(&ix->renamed);
	return ix;
}

static void index_free(struct name_index *ix)
{
	if (!ix)
		return;
	free(ix->funcs.v);
	free(ix->macros.v);
	free(ix->targets.v);
	free(ix->words.v);
	free(ix->renamed.v);
	free(ix);
}

struct csource *cmodule_source(const struct cmodule *mod, const char *path)
{
	for (size_t i = 0; i < mod->count; i++)
		if (!strcmp(mod->sources[i]->path, path))
			return mod->sources[i];
	return NULL;
}

/* "a/b/../c.h" as "a/c.h". */
static char *normalise(const char *path)
{
	struct strvec parts = {0}, kept = {0};
	struct strbuf sb = {0};

	sv_split(&parts, path, "/");
	for (size_t i = 0; i < parts.n; i++) {
		if (!strcmp(parts.v[i], "."))
			continue;
		if (!strcmp(parts.v[i], "..") && kept.n) {
			free(kept.v[--kept.n]);
			kept.v[kept.n] = NULL;
		} else {
			sv_add(&kept, parts.v[i]);
		}
	}
	for (size_t i = 0; i < kept.n; i++)
		sb_addf(&sb, "%s%s", i ? "/" : "", kept.v[i]);
	sv_free(&parts);
	sv_free(&kept);
	return sb_detach(&sb);
}

static void add_source(struct cmodule *mod, const char *path, bool must);

static void add_includes(struct cmodule *mod, const struct csource *src,
			 const char *root)
{
	const char *slash = strrchr(src->path, '/');
	int dir = slash ? (int)(slash - src->path) : 0;

	for (size_t i = 0; i < src->includes.n; i++) {
		char *path = xasprintf("%.*s/%s", dir, src->path,
				       src->includes.v[i]);
		char *plain = normalise(path);

		add_source(mod, plain, false);
		free(path);
		free(plain);
		/* Modules of several folders give -I to their top one. */
		path = xasprintf("%s/%s", root, src->includes.v[i]);
		plain = normalise(path);
		add_source(mod, plain, false);
		free(path);
		free(plain);
	}
}

static void add_source(struct cmodule *mod, const char *path, bool must)
{
	struct csource *src;
	char *whole;
	int error = 0;

	if (cmodule_source(mod, path))
		return;
	whole = xasprintf("%s/%s", mod->tree, path);
	if (!must && (!file_exists(whole) || is_dir(whole))) {
		free(whole);
		return;
	}
	free(whole);
	src = csource_read(mod->tree, path, &error);
	if (!src) {
		sv_addf(&mod->missing, "%s: %s", path, strerror(-error));
		return;
	}
	GROW(mod->sources, mod->count, mod->cap);
	mod->sources[mod->count++] = src;
}

struct cmodule *cmodule_read(const char *tree, const struct strvec *files)
{
	struct cmodule *mod = xcalloc(1, sizeof(*mod));
	const char *first = files->n ? files->v[0] : "";
	const char *slash = strrchr(first, '/');
	char *root = xstrndup(first, slash ? (size_t)(slash - first) : 0);

	mod->tree = tree;
	for (size_t i = 0; i < files->n; i++)
		add_source(mod, files->v[i], true);
	/* What is added on the way is looked at in its turn. */
	for (size_t i = 0; i < mod->count; i++)
		add_includes(mod, mod->sources[i], root);
	free(root);
	mod->index = index_build(mod);
	index_targets(mod);
	return mod;
}

struct cmodule *cmodule_of(struct csource **sources, size_t n)
{
	struct cmodule *mod = xcalloc(1, sizeof(*mod));

	mod->tree = "";
	for (size_t i = 0; i < n; i++) {
		GROW(mod->sources, mod->count, mod->cap);
		mod->sources[mod->count++] = sources[i];
	}
	mod->index = index_build(mod);
	index_targets(mod);
	return mod;
}

void cmodule_free(struct cmodule *mod)
{
	if (!mod)
		return;
	for (size_t i = 0; i < mod->count; i++)
		csource_free(mod->sources[i]);
	free(mod->sources);
	sv_free(&mod->missing);
	index_free(mod->index);
	free(mod);
}

static struct cfunc *find_func(const struct cmodule *mod,
			       const struct csource *from, const char *name)
{
	const struct names *funcs = &mod->index->funcs;
	size_t len = strlen(name);
	struct cfunc *other = NULL;

	for (size_t i = names_find(funcs, name, len);
	     is_name(funcs, i, name, len); i++) {
		struct cfunc *f = funcs->v[i].func;

		if (f->src == from)
			return f;
		/* Another .c file's static function is out of sight. */
		if (!other && (!f->is_static || ends_with(f->src->path, ".h") ||
			       sv_has(&from->includes,
				      base_name(f->src->path))))
			other = f;
	}
	return other;
}

bool cmodule_renames(const struct cmodule *mod, const struct csource *src,
		     const struct cmacro *m, const struct cfunc *f)
{
	size_t len;

	return !strcmp(m->name, f->name) && cmacro_word(m, &len) &&
	       f->is_static && f->src != src &&
	       sv_has(&src->includes, base_name(f->src->path)) &&
	       find_func(mod, src, m->name) == f;
}

struct cfunc *cmodule_func(const struct cmodule *mod,
			   const struct csource *from, const char *name)
{
	const struct names *renamed = &mod->index->renamed;
	struct cfunc *f = find_func(mod, from, name);
	size_t len = strlen(name);

	/* What an included source has under another name in this file. */
	for (size_t i = names_find(renamed, name, len);
	     !f && is_name(renamed, i, name, len); i++) {
		const struct cmacro *m = renamed->v[i].macro;
		struct cfunc *other = find_func(mod, from, m->name);

		if (renamed->v[i].src == from && other &&
		    cmodule_renames(mod, from, m, other))
			f = other;
	}
	return f;
}

bool cmodule_declares(const struct cmodule *mod, const struct cfunc *proto,
		      const struct cfunc *f)
{
	if (strcmp(proto->name, f->name))
		return false;
	return ends_with(proto->src->path, ".h") ||
	       cmodule_func(mod, proto->src, f->name) == f;
}

bool cmodule_is_local(const struct cmodule *mod, const char *name)
{
	for (size_t s = 0; s < mod->count; s++) {
		const struct csource *src = mod->sources[s];

		for (size_t i = 0; i < src->proto_count; i++)
			if (!strcmp(src->protos[i].name, name) &&
			    !starts_with(src->path, "include/"))
				return true;
	}
	return false;
}

struct cmacro *cmodule_macro_at(const struct cmodule *mod, const char *name,
				size_t k)
{
	const struct names *macros = &mod->index->macros;
	size_t len = strlen(name), i = names_find(macros, name, len) + k;

	return is_name(macros, i, name, len) ? macros->v[i].macro : NULL;
}

struct cmacro *cmodule_macro(const struct cmodule *mod, const char *name)
{
	return cmodule_macro_at(mod, name, 0);
}

/* Is the name at tok that of a prototype or of a definition? */
static bool is_declaration(const struct csource *src, size_t tok)
{
	for (size_t i = 0; i < src->func_count; i++)
		if (src->funcs[i].name_tok == tok)
			return true;
	for (size_t i = 0; i < src->proto_count; i++)
		if (src->protos[i].name_tok == tok)
			return true;
	return false;
}

static size_t assigned_to(const struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;

	if (tok && ctoken_is(ts, tok - 1, "&"))
		tok--;
	if (tok < 3 || !ctoken_is(ts, tok - 1, "=") ||
	    !ctoken_is_word(ts, tok - 2))
		return 0;
	if (!ctoken_is_member(ts, tok - 2))
		return 0;
	return tok - 2;
}

static char *assigned_member(const struct csource *src, size_t tok)
{
	size_t m = assigned_to(src, tok);

	return m ? ctoken_dup(&src->toks, m) : NULL;
}

static int compare_refs(const void *a, const void *b)
{
	const struct cref *x = a, *y = b;
	int c = strcmp(x->src->path, y->src->path);

	return c ? c : (x->tok > y->tok) - (x->tok < y->tok);
}

void cmodule_refs(const struct cmodule *mod, const struct cfunc *f,
		  struct crefs *refs)
{
	const struct names *words = &mod->index->words;
	size_t len = strlen(f->name);

	for (size_t i = names_find(words, f->name, len);
	     is_name(words, i, f->name, len); i++) {
		struct csource *src = words->v[i].src;
		const struct ctokens *ts = &src->toks;
		size_t tok = words->v[i].tok;
		struct cref r = {.src = src, .tok = tok};

		if (is_declaration(src, tok) || ctoken_is_member(ts, tok) ||
		    cmodule_func(mod, src, f->name) != f)
			continue;
		r.in = csource_func_at(src, tok);
		r.is_call = r.in && ctoken_is(ts, tok + 1, "(");
		r.member = r.is_call ? NULL : assigned_member(src, tok);
		GROW(refs->v, refs->n, refs->cap);
		refs->v[refs->n++] = r;
	}
	if (refs->n)
		qsort(refs->v, refs->n, sizeof(*refs->v), compare_refs);
}

void crefs_free(struct crefs *refs)
{
	for (size_t i = 0; i < refs->n; i++)
		free(refs->v[i].member);
	free(refs->v);
	*refs = (struct crefs){0};
}

/* In the order of the words, which is that of the functions' names. */
static void index_targets(struct cmodule *mod)
{
	struct name_index *ix = mod->index;

	for (size_t i = 0; i < ix->words.n; i++) {
		const struct name_at *w = &ix->words.v[i];
		const struct ctokens *ts = &w->src->toks;
		size_t m = assigned_to(w->src, w->tok);
		struct name_at *at;
		struct cfunc *f;
		char *name;

		if (!m)
			continue;
		name = xstrndup(w->name, w->len);
		f = cmodule_func(mod, w->src, name);
		free(name);
		if (!f)
			continue;
		at = names_add(&ix->targets, ts->text + ts->v[m].off,
			       ts->v[m].len);
		at->tok = (uint32_t)i;
		at->func = f;
	}
	names_sort(&ix->targets);
}

void cmodule_targets(const struct cmodule *mod, const char *member,
		     struct cfuncs *targets)
{
	const struct names *all = &mod->index->targets;
	size_t len = strlen(member);

	for (size_t i = names_find(all, member, len);
	     is_name(all, i, member, len); i++) {
		GROW(targets->v, targets->n, targets->cap);
		targets->v[targets->n++] = all->v[i].func;
	}
}
