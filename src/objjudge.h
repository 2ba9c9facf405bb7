/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the difference of two objects says about a conversion: only functions
 * that the plan touched, and those into which the compiler put them, may
 * differ.
 */
#ifndef RXA_OBJJUDGE_H
#define RXA_OBJJUDGE_H

#include "objcalls.h"
#include "objdiff.h"

struct objjudge {
	char *why_not;		/* not compared, and why; else NULL */
	struct strvec touched;	/* the plan changes them, and they differ */
	struct strvec inlined;	/* "f (from g)" */
	struct strvec data;	/* variables that differ, the ops structs */
	struct strvec unexplained;	/* "f()", "variable v" */
};

struct objjudge_input {
	const struct strvec *planned;	/* functions that the plan changes */
	const struct strvec *ops;	/* variables that it changes */
	const struct objcalls *calls;	/* of the sources, before and after */
	const struct objlines *lines;
};

/* Compares the objects at these paths; the caller frees the result. */
struct objjudge *objjudge_files(const char *before, const char *after,
				const struct objjudge_input *in);
/* One that was not compared. */
struct objjudge *objjudge_not(const char *why);
void objjudge_free(struct objjudge *j);

#endif
