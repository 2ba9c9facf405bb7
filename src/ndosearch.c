// SPDX-License-Identifier: GPL-2.0-only
#include "ndosearch.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

/* Folders at the tree's top that hold no kernel code. */
static const char *const left_out[] = {
	"Documentation", "LICENSES", "debian", "scripts", "tools", "usr",
};

static bool is_left_out(const FTSENT *e)
{
	if (e->fts_name[0] == '.' && e->fts_level > 0)
		return true;
	if (e->fts_level != 1)
		return false;
	return WORD_IN(e->fts_name, left_out);
}

static int compare_hits(const void *a, const void *b)
{
	return strcmp(((const struct ndo_hit *)a)->path,
		      ((const struct ndo_hit *)b)->path);
}

/* What a walk does with each .c and .h file; the text may be taken over. */
typedef void visit_fn(void *data, const char *path, struct strbuf *text,
		      int error);

static int walk(const char *tree, visit_fn *visit, void *data)
{
	char *const roots[] = {(char *)tree, NULL};
	struct strbuf text = {0};
	FTSENT *e;
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT,
			    NULL);

	if (!fts)
		return -errno;
	while ((e = fts_read(fts))) {
		const char *path = e->fts_path + strlen(tree);

		path += *path == '/';
		if (e->fts_info == FTS_D && is_left_out(e))
			fts_set(fts, e, FTS_SKIP);
		else if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR)
			visit(data, path, &text, -e->fts_errno);
		else if ((e->fts_info == FTS_F || e->fts_info == FTS_NSOK) &&
			 (ends_with(e->fts_name, ".c") ||
			  ends_with(e->fts_name, ".h")))
			visit(data, path, &text,
			      file_read(e->fts_accpath, &text));
	}
	fts_close(fts);
	sb_free(&text);
	return 0;
}

static bool has_word(const struct strbuf *text, const char *word)
{
	return text->len && memmem(text->buf, text->len, word, strlen(word));
}

static void keep_hit(void *data, const char *path, struct strbuf *text,
		     int error)
{
	struct ndo_hits *hits = data;

	hits->files_read++;
	if (error) {
		sv_addf(&hits->unread, "%s: %s", path, strerror(-error));
		return;
	}
	if (!has_word(text, NDO_LEGACY))
		return;
	GROW(hits->v, hits->n, hits->cap);
	hits->v[hits->n++] =
		(struct ndo_hit){.path = xstrdup(path), .text = *text};
	*text = (struct strbuf){0};
}

int ndo_search(struct ndo_hits *hits, const char *tree)
{
	int ret = walk(tree, keep_hit, hits);

	if (hits->n)
		qsort(hits->v, hits->n, sizeof(*hits->v), compare_hits);
	return ret;
}

void ndo_hits_free(struct ndo_hits *hits)
{
	for (size_t i = 0; i < hits->n; i++) {
		free(hits->v[i].path);
		sb_free(&hits->v[i].text);
	}
	free(hits->v);
	sv_free(&hits->unread);
	*hits = (struct ndo_hits){0};
}

/* Notes that the text has the word that begins at `word`. */
static void index_word(struct word_index *wi, const char *path,
		       const char *word, size_t len)
{
	for (size_t i = 0; i < wi->words.n; i++) {
		struct strvec *paths = &wi->paths[i];

		if (strlen(wi->words.v[i]) == len &&
		    !memcmp(wi->words.v[i], word, len) &&
		    (!paths->n || strcmp(paths->v[paths->n - 1], path)))
			sv_add(paths, path);
	}
}

/* One pass over the text's words; a table of hashes leaves out most. */
static void index_file(void *data, const char *path, struct strbuf *text,
		       int error)
{
	struct word_index *wi = data;
	const char *p = sb_str(text), *end = p + (error ? 0 : text->len);

	while (p < end) {
		const char *word = p;
		uint32_t h = 0;

		while (p < end && wi->is_word[(unsigned char)*p])
			h = h * 31 + (unsigned char)*p++;
		if (p == word)
			p++;
		else if (wi->hashes[h % sizeof(wi->hashes)])
			index_word(wi, path, word, (size_t)(p - word));
	}
}

static void make_tables(struct word_index *wi)
{
	for (int c = 0; c < 256; c++)
		wi->is_word[c] = is_word_char((char)c);
	for (size_t i = 0; i < wi->words.n; i++) {
		uint32_t h = 0;

		for (const char *p = wi->words.v[i]; *p; p++)
			h = h * 31 + (unsigned char)*p;
		wi->hashes[h % sizeof(wi->hashes)] = true;
	}
}

int word_index_read(struct word_index *wi, const char *tree)
{
	int ret = 0;

	wi->paths = xcalloc(wi->words.n, sizeof(*wi->paths));
	make_tables(wi);
	if (wi->words.n)
		ret = walk(tree, index_file, wi);
	for (size_t i = 0; i < wi->words.n; i++)
		sv_sort(&wi->paths[i]);
	return ret;
}

int word_index_add(struct word_index *wi, const char *tree,
		   const struct strvec *words)
{
	struct word_index more = {0};
	int ret;

	for (size_t i = 0; i < words->n; i++)
		if (!word_index_find(wi, words->v[i]))
			sv_add_once(&more.words, words->v[i]);
	ret = word_index_read(&more, tree);
	wi->paths = xrealloc(wi->paths, (wi->words.n + more.words.n) *
						sizeof(*wi->paths));
	for (size_t i = 0; i < more.words.n; i++) {
		wi->paths[wi->words.n] = more.paths[i];
		more.paths[i] = (struct strvec){0};
		sv_add(&wi->words, more.words.v[i]);
	}
	word_index_free(&more);
	return ret;
}

const struct strvec *word_index_find(const struct word_index *wi,
				     const char *word)
{
	for (size_t i = 0; i < wi->words.n; i++)
		if (!strcmp(wi->words.v[i], word))
			return &wi->paths[i];
	return NULL;
}

void word_index_free(struct word_index *wi)
{
	for (size_t i = 0; wi->paths && i < wi->words.n; i++)
		sv_free(&wi->paths[i]);
	free(wi->paths);
	sv_free(&wi->words);
	*wi = (struct word_index){0};
}
