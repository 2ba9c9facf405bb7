/* SPDX-License-Identifier: GPL-2.0-only */
/* The walk over the tree: which files name ndo_set_rx_mode, or other words. */
#ifndef RXA_NDOSEARCH_H
#define RXA_NDOSEARCH_H

#include "ndouse.h"

struct ndo_hit {
	char *path;		/* inside the tree */
	struct strbuf text;	/* the file's content */
};
struct ndo_hits {
	struct ndo_hit *v;	/* by path */
	size_t n, cap;
	size_t files_read;
	struct strvec unread;	/* "path: why" of those that could not be */
};

/*
 * All .c and .h files of the tree whose text names ndo_set_rx_mode. -errno
 * where the tree can't be read.
 */
int ndo_search(struct ndo_hits *hits, const char *tree);
void ndo_hits_free(struct ndo_hits *hits);

/* Words, and for each the files of the tree whose text has it, by path. */
struct word_index {
	struct strvec words;
	struct strvec *paths;	/* as many as words */
	bool is_word[256], hashes[4099];	/* private */
};

/* Fills the paths for the words that are there, in one walk. */
int word_index_read(struct word_index *wi, const char *tree);
/* Looks for more words, in one walk if there is a new one. */
int word_index_add(struct word_index *wi, const char *tree,
		   const struct strvec *words);
/* The files of a word; NULL where it was not looked for. */
const struct strvec *word_index_find(const struct word_index *wi,
				     const char *word);
void word_index_free(struct word_index *wi);

#endif
