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

static bool is_left_out(const FTSENT *e, bool below)
{
	if (e->fts_name[0] == '.' && e->fts_level > 0)
		return true;
	if (e->fts_level != 1 || below)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(left_out); i++)
		if (!strcmp(e->fts_name, left_out[i]))
			return true;
	return false;
}

static void look_into(struct ndo_hits *hits, const FTSENT *e, const char *tree,
		      const char *word, struct strbuf *text)
{
	hits->files_read++;
	if (file_read(e->fts_accpath, text) || !text->len ||
	    !memmem(text->buf, text->len, word, strlen(word)))
		return;
	GROW(hits->v, hits->n, hits->cap);
	hits->v[hits->n++] = (struct ndo_hit){
		.path = xstrdup(e->fts_path + strlen(tree) + 1),
		.text = *text,
	};
	*text = (struct strbuf){0};
}

static int compare_hits(const void *a, const void *b)
{
	return strcmp(((const struct ndo_hit *)a)->path,
		      ((const struct ndo_hit *)b)->path);
}

int ndo_search(struct ndo_hits *hits, const char *tree, const char *dir,
	       const char *word)
{
	char *root = xasprintf("%s%s%s", tree, *dir ? "/" : "", dir);
	char *const roots[] = {root, NULL};
	struct strbuf text = {0};
	FTSENT *e;
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT,
			    NULL);

	if (!fts) {
		free(root);
		return -errno;
	}
	while ((e = fts_read(fts))) {
		if (e->fts_info == FTS_D && is_left_out(e, *dir))
			fts_set(fts, e, FTS_SKIP);
		else if ((e->fts_info == FTS_F || e->fts_info == FTS_NSOK) &&
			 (ends_with(e->fts_name, ".c") ||
			  ends_with(e->fts_name, ".h")))
			look_into(hits, e, tree, word, &text);
	}
	fts_close(fts);
	free(root);
	sb_free(&text);
	if (hits->n)
		qsort(hits->v, hits->n, sizeof(*hits->v), compare_hits);
	return 0;
}

void ndo_hits_free(struct ndo_hits *hits)
{
	for (size_t i = 0; i < hits->n; i++) {
		free(hits->v[i].path);
		sb_free(&hits->v[i].text);
	}
	free(hits->v);
	*hits = (struct ndo_hits){0};
}
