/* SPDX-License-Identifier: GPL-2.0-only */
/* The walk over the tree: which files name ndo_set_rx_mode, or another word. */
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
};

/*
 * All .c and .h files below a folder of the tree ("" for all of it) whose text
 * has the word. -errno where the folder can't be read.
 */
int ndo_search(struct ndo_hits *hits, const char *tree, const char *dir,
	       const char *word);
void ndo_hits_free(struct ndo_hits *hits);

#endif
