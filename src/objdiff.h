/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two objects made of a file before and after a change: which functions and
 * variables are not the same. Where something lies, in which order strings and
 * sections come, and which number a line has, makes no difference: every
 * relocation, and every call that the assembler resolved, is followed to the
 * name or the text that it means.
 */
#ifndef RXA_OBJDIFF_H
#define RXA_OBJDIFF_H

#include "linediff.h"
#include "objfile.h"

/* The source files that changed, for __LINE__. */
struct objlines {
	struct linediff *files;
	size_t count, cap;
};

void objlines_add(struct objlines *l, const struct strbuf *before,
		  const struct strbuf *after);
void objlines_free(struct objlines *l);

enum objchange { OBJ_CHANGED, OBJ_ADDED, OBJ_REMOVED };

struct objdiff_entry {
	char *name;	/* as in the source: "f" also for "f.cold", "f.isra.0" */
	bool data;	/* a variable; else a function */
	enum objchange change;
};

struct objdiff {
	struct objdiff_entry *v;	/* by name, each once */
	size_t n, cap;
};

/*
 * Compares them. 0; -ENOEXEC where one is no object, or they are of different
 * machines, -EOPNOTSUPP where the machine is not one that was ever tried;
 * another -errno.
 */
int objdiff_compare(struct objdiff *d, const struct objfile *before,
		    const struct objfile *after, const struct objlines *lines);
void objdiff_free(struct objdiff *d);

/*
 * How many references to the function, in whatever part, the code of another
 * has; -1 where the object has no code of that name.
 */
int objfile_references(const struct objfile *o, const char *in,
		       const char *callee);

#endif
