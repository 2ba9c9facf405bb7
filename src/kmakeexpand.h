/* SPDX-License-Identifier: GPL-2.0-only */
/* What the values of a Makefile's variables are. Private to kmakeread.c. */
#ifndef RXA_KMAKEEXPAND_H
#define RXA_KMAKEEXPAND_H

#include "util.h"

/* "NAME-SUFFIX op VALUE" as it stands. */
struct kmake_assign {
	char *name, *value;
	char *base;	       /* name without its -y, -objs, -$(CONFIG_X) */
	struct strvec symbols; /* of the suffix */
	struct strvec conds;   /* of the ifdefs around it */
	bool list;	       /* has such a suffix */
	bool from_top;	       /* words count from the tree's top */
};

struct kmake_cond {
	char *symbol;  /* the one CONFIG_X that it tests, or NULL */
	bool positive; /* this branch is taken when X is on */
};

struct kmake_reader {
	const char *tree, *dir;
	struct kmake_assign *v;
	size_t n, cap;
	struct kmake_cond *conds;
	size_t cond_count, cond_cap;
	bool arch_makefile;
	int includes;
	size_t words, steps;
};

/* A word of a list with the symbols that lead to it. */
struct kmake_word {
	char *text;
	struct strvec configs;
};

struct kmake_words {
	struct kmake_word *v;
	size_t n, cap;
};

/* "$(" or "${". */
bool kmake_is_ref(const char *s);
/* The first ')' or '}' that closes the one before s; NULL where none does. */
const char *kmake_closing(const char *s);
/* The text without white space around it; the caller frees it. */
char *kmake_trimmed(const char *s, size_t n);

/*
 * The words of a text of n bytes, with all references replaced; each with the
 * symbols in `configs` and those that its variables depend on. `depth` is 0.
 */
void kmake_expand(struct kmake_reader *r, const char *s, size_t n,
		  const struct strvec *configs, struct kmake_words *out,
		  int depth);
void kmake_free_words(struct kmake_words *ws);

#endif
