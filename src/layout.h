/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spatch's result laid out as a kernel developer would write it: nothing but
 * white space and comments change, and those on touched lines alone.
 */
#ifndef RXA_LAYOUT_H
#define RXA_LAYOUT_H

#include "csource.h"

/* A function whose parameters were added to. */
struct layout_func {
	const char *name;
	size_t added;		/* parameters at the end that are new */
	const char *replaced;	/* a parameter whose place others took, or NULL */
	bool is_callback;
	bool has_uc, has_mc;
	const char *uc, *mc;	/* their names */
	bool returns_int;	/* it was void before */
	bool is_new;		/* all of it was added */
	const char *doc_name;	/* what its kernel-doc calls it, or NULL */
};

/* `text` (spatch's) is replaced by its laid-out form. */
void layout_text(struct strbuf *text, const char *old, size_t old_len,
		 const struct layout_func *funcs, size_t count);

#define LAYOUT_WIDTH 80

/* For those who do a part of it. The entry of that name, or NULL. */
const struct layout_func *layout_find(const struct layout_func *funcs,
				      size_t count, const char *name);
/* A copy of the text as a source; the caller frees it. */
struct csource *layout_parse(const struct strbuf *text);
/* White space up to that column; the caller frees it. */
char *layout_indent(size_t col);
/* The byte behind the token. */
size_t layout_end(const struct ctokens *ts, size_t i);
/*
 * Is there nothing but white space in front of the token, and could it be put
 * on another line?
 */
bool layout_blank(const struct ctokens *ts, size_t i);
/*
 * Changes that white space to the text, which is taken over; nothing where
 * there is more than white space: no comment may get lost.
 */
struct edits;
void layout_gap(struct edits *es, const struct ctokens *ts, size_t i,
		char *text);

/* The column (from 0, tabs to 8) of the byte at off. */
size_t layout_column(const char *text, size_t off);
/*
 * White space that leads from column a to column b, at least one; the caller
 * frees it.
 */
char *layout_fill(size_t a, size_t b, bool tabs);

/* Aligns the arguments of calls of that name, in that function or (NULL) all. */
void layout_calls(struct strbuf *text, const char *name, const char *in);

#endif
