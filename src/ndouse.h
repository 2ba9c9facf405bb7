/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a file names ndo_set_rx_mode, and what it does with it there. */
#ifndef RXA_NDOUSE_H
#define RXA_NDOUSE_H

#include "csource.h"

#define NDO_LEGACY "ndo_set_rx_mode"
#define NDO_ASYNC "ndo_set_rx_mode_async"

enum ndo_kind {
	NDO_DESIGNATED,		/* .ndo_set_rx_mode = f in an initialiser */
	NDO_ARRAY,		/* the same in an array of ops structs */
	NDO_RUNTIME,		/* ops->ndo_set_rx_mode = f; */
	NDO_MACRO,		/* one of these in a #define */
	NDO_CALL,		/* ops->ndo_set_rx_mode(dev) */
	NDO_OTHER,		/* read or tested */
};

struct ndo_use {
	enum ndo_kind kind;
	size_t tok;
	int line, col, col_end;	/* of the member's name, from 1, end included */
	char *ops;		/* the struct's name or expression */
	/* The function's name, or the value's text where it is no name. */
	char *callback;
	bool is_name;
};

struct ndo_uses {
	struct ndo_use *v;
	size_t n, cap;
};

/* "designated", "array", "runtime", "macro", "call", "other". */
const char *ndo_kind_name(enum ndo_kind kind);
/* Is it one of the kinds that assign? */
bool ndo_assigns(enum ndo_kind kind);
/* All uses of that member (NDO_LEGACY or NDO_ASYNC) in the file. */
void ndo_uses_read(struct ndo_uses *uses, const struct csource *src,
		   const char *member);
void ndo_uses_free(struct ndo_uses *uses);

/*
 * The independent look: lines of the raw text on which the member is assigned,
 * comments and strings left out. Found by characters, not by tokens.
 */
struct ndo_lines {
	int *v;
	size_t n, cap;
};
void ndo_lines_read(struct ndo_lines *lines, const char *text, size_t len);
void ndo_lines_free(struct ndo_lines *lines);

#endif
