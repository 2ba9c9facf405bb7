/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that make one kernel module, with the headers and sources that
 * they include from their own folders, and who calls whom in them.
 */
#ifndef RXA_CMODULE_H
#define RXA_CMODULE_H

#include "csource.h"

struct cmodule {
	const char *tree;
	struct csource **sources;
	size_t count, cap;
	struct strvec missing;	/* files that could not be read, with why */
	struct name_index *index;
};

/* Reads the files (tree-relative) and what they include with quotes. */
struct cmodule *cmodule_read(const char *tree, const struct strvec *files);
/* The same of sources at hand, which are taken over. */
struct cmodule *cmodule_of(struct csource **sources, size_t n);
void cmodule_free(struct cmodule *mod);

struct csource *cmodule_source(const struct cmodule *mod, const char *path);
/*
 * The function that `name` means in `from`: its own static one, a global, or
 * one of a source that it includes, also where a macro gives that another name
 * there.
 */
struct cfunc *cmodule_func(const struct cmodule *mod,
			   const struct csource *from, const char *name);
/*
 * Does the prototype declare that definition? One in a header does where it
 * has the name, `static` or not: the header is included in front of it.
 */
bool cmodule_declares(const struct cmodule *mod, const struct cfunc *proto,
		      const struct cfunc *f);
/* Is the name declared in one of the module's own headers? */
bool cmodule_is_local(const struct cmodule *mod, const char *name);
struct cmacro *cmodule_macro(const struct cmodule *mod, const char *name);
/* Files may differ in what a macro is: the k-th of that name, or NULL. */
struct cmacro *cmodule_macro_at(const struct cmodule *mod, const char *name,
				size_t k);
/* Does the file's macro but give another name to a function it includes? */
bool cmodule_renames(const struct cmodule *mod, const struct csource *src,
		     const struct cmacro *m, const struct cfunc *f);

/* One place where a function's name stands outside of its own declarations. */
struct cref {
	struct csource *src;
	size_t tok;		/* the name */
	struct cfunc *in;	/* the function around it, or NULL */
	bool is_call;		/* name(...), as opposed to its address taken */
	/*
	 * Address taken: the member that it is assigned to (".x = f",
	 * "p->x = f"), NULL where it goes elsewhere.
	 */
	char *member;
};
struct crefs {
	struct cref *v;
	size_t n, cap;
};
/* All references to the function in the module; free with crefs_free(). */
void cmodule_refs(const struct cmodule *mod, const struct cfunc *f,
		  struct crefs *refs);
void crefs_free(struct crefs *refs);

/* Functions of the module whose address is put into a member of that name. */
struct cfuncs {
	struct cfunc **v;
	size_t n, cap;
};
void cmodule_targets(const struct cmodule *mod, const char *member,
		     struct cfuncs *targets);

#endif
