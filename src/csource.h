/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The facts of one C file: its functions, prototypes, macros, includes and
 * exports, as ranges of tokens. It is not a compiler's view: conditional code
 * is read with all its branches, macros are not expanded. The stages use it to
 * find out what may happen, so it errs on the side of seeing more.
 */
#ifndef RXA_CSOURCE_H
#define RXA_CSOURCE_H

#include "ctoken.h"

struct cparam {
	size_t from, to;	/* tokens of the declaration, to excluded */
	char *name;		/* NULL in an abstract declarator or "..." */
	bool is_netdev;		/* declared "struct net_device *name" */
};

struct cfunc {
	struct csource *src;
	char *name;
	int line;		/* of the name */
	size_t start;		/* first token of the return type */
	size_t name_tok;
	size_t open, close;	/* the parameter list's parentheses */
	size_t body, end;	/* its braces; both 0 for a prototype */
	bool is_static, is_void;
	struct cparam *params;	/* none for "(void)" */
	size_t param_count, param_cap;
};

struct cmacro {
	char *name;
	bool has_params;
	char *params;		/* "a, b" */
	char *body;
	int line;
};

struct csource {
	char *path;		/* inside the tree */
	struct strbuf text;
	struct ctokens toks;
	struct cfunc *funcs;	/* definitions, in order */
	size_t func_count, func_cap;
	struct cfunc *protos;
	size_t proto_count, proto_cap;
	struct cmacro *macros;
	size_t macro_count, macro_cap;
	struct strvec includes;	/* as written: "8390.h", without <> or quotes */
	struct strvec exports;	/* names in EXPORT_SYMBOL*() */
};

/* Reads tree/path; NULL and *error (negative errno) where it can't. */
struct csource *csource_read(const char *tree, const char *path, int *error);
/* The same of a text at hand, which is taken over. */
struct csource *csource_parse(const char *path, struct strbuf *text);
void csource_free(struct csource *src);

/* The definition of that name in the file, or NULL. */
struct cfunc *csource_func(const struct csource *src, const char *name);
/* How many of that name there are: more than one under #ifdef. */
size_t csource_definitions(const struct csource *src, const char *name);
/* Does the word stand in its body? */
bool cfunc_has_word(const struct cfunc *f, const char *word);
struct cmacro *csource_macro(const struct csource *src, const char *name);
/* The word that is all of an object-like macro's body, or NULL. */
const char *cmacro_word(const struct cmacro *m, size_t *len);
/* The function whose body holds the token, or NULL. */
struct cfunc *csource_func_at(const struct csource *src, size_t tok);
int csource_line(const struct csource *src, size_t tok);
/* "path:line"; the caller frees it. */
char *csource_place(const struct csource *src, size_t tok);

/* Arguments of the call whose "(" is at open, as token ranges. */
struct carg {
	size_t from, to;
};
struct cargs {
	struct carg *v;
	size_t n, cap;
	size_t close;		/* the ")" */
};
void cargs_read(struct cargs *args, const struct ctokens *ts, size_t open);
void cargs_free(struct cargs *args);

#endif
