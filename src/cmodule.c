// SPDX-License-Identifier: GPL-2.0-only
#include "cmodule.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where each word of the module stands, sorted by word. */
struct word_at {
	const char *word;
	uint32_t len;
	uint32_t tok;
	struct csource *src;
};

struct name_index {
	struct word_at *v;
	size_t n, cap;
};

static int compare_words(const char *a, size_t alen, const char *b, size_t blen)
{
	int c = memcmp(a, b, alen < blen ? alen : blen);

	return c ? c : (alen > blen) - (alen < blen);
}

static int compare_index(const void *a, const void *b)
{
	const struct word_at *x = a, *y = b;

	return compare_words(x->word, x->len, y->word, y->len);
}

/* Only names of functions matter; so only those are kept. */
static bool is_func_name(const struct name_index *names, const char *word,
			 size_t len)
{
	struct word_at key = {.word = word, .len = (uint32_t)len};

	return bsearch(&key, names->v, names->n, sizeof(key), compare_index);
}

static void index_add(struct name_index *ix, struct csource *src,
		      const char *word, size_t len, size_t tok)
{
	GROW(ix->v, ix->n, ix->cap);
	ix->v[ix->n++] = (struct word_at){word, (uint32_t)len, (uint32_t)tok,
					  src};
}

static void index_sort(struct name_index *ix)
{
	if (ix->n)
		qsort(ix->v, ix->n, sizeof(*ix->v), compare_index);
}

static struct name_index *index_build(struct cmodule *mod)
{
	struct name_index names = {0}, *ix = xcalloc(1, sizeof(*ix));

	for (size_t s = 0; s < mod->count; s++) {
		struct csource *src = mod->sources[s];

		for (size_t i = 0; i < src->func_count; i++)
			index_add(&names, src, src->funcs[i].name,
				  strlen(src->funcs[i].name), 0);
	}
	index_sort(&names);
	for (size_t s = 0; s < mod->count; s++) {
		struct csource *src = mod->sources[s];

		for (size_t i = 0; i < src->toks.n; i++) {
			const struct ctoken *t = &src->toks.v[i];
			const char *word = src->toks.text + t->off;

			if (t->kind == TOK_WORD &&
			    is_func_name(&names, word, t->len))
				index_add(ix, src, word, t->len, i);
		}
	}
	free(names.v);
	/* qsort is not stable; the order of places is made so by address. */
	index_sort(ix);
	return ix;
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
	if (mod->index)
		free(mod->index->v);
	free(mod->index);
	free(mod);
}

struct cfunc *cmodule_func(const struct cmodule *mod,
			   const struct csource *from, const char *name)
{
	struct cfunc *f = csource_func(from, name);

	for (size_t i = 0; !f && i < mod->count; i++) {
		const struct csource *src = mod->sources[i];

		f = csource_func(src, name);
		/* Another .c file's static function is out of sight. */
		if (f && f->is_static && !ends_with(src->path, ".h") &&
		    !sv_has(&from->includes, base_name(src->path)))
			f = NULL;
	}
	return f;
}

struct cmacro *cmodule_macro(const struct cmodule *mod, const char *name)
{
	struct cmacro *m = NULL;

	for (size_t i = 0; !m && i < mod->count; i++)
		m = csource_macro(mod->sources[i], name);
	return m;
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

static char *assigned_member(const struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;

	if (tok && ctoken_is(ts, tok - 1, "&"))
		tok--;
	if (tok < 3 || !ctoken_is(ts, tok - 1, "=") ||
	    !ctoken_is_word(ts, tok - 2))
		return NULL;
	if (!ctoken_is(ts, tok - 3, ".") && !ctoken_is(ts, tok - 3, "->"))
		return NULL;
	return ctoken_dup(ts, tok - 2);
}

/* The first entry of the index for the word. */
static size_t index_find(const struct name_index *ix, const char *word)
{
	size_t lo = 0, hi = ix->n, len = strlen(word);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (compare_words(ix->v[mid].word, ix->v[mid].len, word,
				  len) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
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
	const struct name_index *ix = mod->index;
	size_t len = strlen(f->name);

	for (size_t i = index_find(ix, f->name);
	     i < ix->n && ix->v[i].len == len &&
	     !memcmp(ix->v[i].word, f->name, len); i++) {
		struct csource *src = ix->v[i].src;
		const struct ctokens *ts = &src->toks;
		size_t tok = ix->v[i].tok;
		struct cref r = {.src = src, .tok = tok};

		if (is_declaration(src, tok) ||
		    (tok && (ctoken_is(ts, tok - 1, ".") ||
			     ctoken_is(ts, tok - 1, "->"))) ||
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

void cmodule_targets(const struct cmodule *mod, const char *member,
		     struct cfuncs *targets)
{
	const struct name_index *ix = mod->index;

	for (size_t i = 0; i < ix->n; i++) {
		const struct word_at *w = &ix->v[i];
		char *m = assigned_member(w->src, w->tok);
		char *name;

		if (m && !strcmp(m, member)) {
			name = xstrndup(w->word, w->len);
			GROW(targets->v, targets->n, targets->cap);
			targets->v[targets->n] =
				cmodule_func(mod, w->src, name);
			if (targets->v[targets->n])
				targets->n++;
			free(name);
		}
		free(m);
	}
}
