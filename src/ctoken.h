/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * C text as tokens: what spatch's output is compared by, and what the facts
 * are read from. Works on any bytes; never fails.
 */
#ifndef RXA_CTOKEN_H
#define RXA_CTOKEN_H

#include "util.h"

enum ctoken_kind {
	TOK_WORD,	/* identifier or keyword */
	TOK_NUMBER,
	TOK_STRING,	/* string or character constant, closed or not */
	TOK_PUNCT,	/* longest match: "->", "<<=", "..." */
	TOK_DIRECTIVE,	/* a whole preprocessor line with its continuations */
	TOK_COMMENT,	/* only where asked for */
};

struct ctoken {
	enum ctoken_kind kind;
	uint32_t off, len;	/* in the text */
	uint32_t line, col;	/* from 1; col counts bytes */
};

struct ctokens {
	const char *text;	/* the caller's, must outlive this */
	size_t len;
	struct ctoken *v;
	size_t n, cap;
};

/* Splits the text; comments become tokens only `with_comments`. */
void ctokens_read(struct ctokens *ts, const char *text, size_t len,
		  bool with_comments);
/* As ctokens_read, for a directive's body: "#" is no directive there. */
void ctokens_read_body(struct ctokens *ts, const char *text, size_t len);
void ctokens_free(struct ctokens *ts);

bool ctoken_is(const struct ctokens *ts, size_t i, const char *s);
/* A word that begins with the prefix. */
bool ctoken_begins(const struct ctokens *ts, size_t i, const char *prefix);
/* The word itself, or with a "*" at its end one that begins so. */
bool ctoken_fits(const struct ctokens *ts, size_t i, const char *word);
bool ctoken_is_word(const struct ctokens *ts, size_t i);
/* Is the token one of the list? */
bool token_in(const struct ctokens *ts, size_t i, const char *const *list,
	      size_t n);
#define TOKEN_IN(ts, i, list) token_in(ts, i, list, ARRAY_SIZE(list))
/* Is a call of one of the list at the token? */
#define IS_CALL_OF(ts, i, list)                                                \
	(ctoken_is(ts, (i) + 1, "(") && TOKEN_IN(ts, i, list))
/* Is it ";", "{" or "}": the bound of a statement? */
bool ctoken_is_bound(const struct ctokens *ts, size_t i);
/* Does it stand behind "->" or "."? */
bool ctoken_is_member(const struct ctokens *ts, size_t i);
/* The token's text; the caller frees it. */
char *ctoken_dup(const struct ctokens *ts, size_t i);
/*
 * The tokens from..to-1 as text, a space wherever the source had any white
 * space or comment between two; the caller frees it.
 */
char *ctokens_text(const struct ctokens *ts, size_t from, size_t to);
/*
 * The index of the bracket that closes the one at `open`, or `end` where none
 * before `end` does.
 */
size_t ctokens_match(const struct ctokens *ts, size_t open, size_t end);
/*
 * What is in front of the parenthesis around token i, as the name of the
 * function that it is given to; or 0 where there is none in its statement.
 */
size_t ctokens_taker(const struct ctokens *ts, size_t i);
/* Do both texts hold the same tokens (comments and layout left out)? */
bool ctokens_same(const struct ctokens *a, const struct ctokens *b);

#endif
