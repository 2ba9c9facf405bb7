/* SPDX-License-Identifier: GPL-2.0-only */
/* Which core series is for a tree? How much is there, does the rest fit? */
#ifndef RXA_COREFIT_H
#define RXA_COREFIT_H

#include "coreseries.h"
#include "corestage.h"
#include "session.h"

enum core_state {
	CORE_NATIVE,	/* the callback is there, not from a series of ours */
	CORE_APPLIES,	/* patches [there, upto) apply */
	CORE_THERE,	/* all that is wanted is in the tree */
	CORE_AHEAD,	/* flavour void was asked for, and int is there */
	CORE_CONFLICT,	/* patch `failed` does not apply */
};

struct core_fit {
	enum core_state state;
	struct core_series series;	/* empty for CORE_NATIVE */
	bool other_line;		/* it was made for another kernel */
	struct strvec paths;		/* that the series touches */
	size_t there, upto;		/* numbers of patches */
	enum flavour after;		/* the tree's, once they are in */
	size_t failed;			/* number of a patch, from 0 */
	struct strvec said;		/* git's complaints about it */
	struct strvec changes;		/* of the tree's files, see corestage.h */
	struct core_stage stage;	/* with the changes made */
	const char *patches;		/* as it was given */
};

/*
 * Looks at the tree and at the series under `patches`, or NULL for our own.
 * With FLAVOUR_NONE, the flavour that the tree has is wanted, or void. 0, or
 * an exit code after a message: EXIT_ENVIRONMENT where there is no series for
 * this kernel. Free it in any case.
 */
int core_fit_find(struct core_fit *fit, const struct session *s,
		  const char *patches, enum flavour wanted);
void core_fit_free(struct core_fit *fit);

/*
 * A complaint of git's as a sentence: "FILE: hunk @@ -5,7 +5,9 @@ does not
 * apply". The file and the hunk's first old line go to *file, if given (the
 * caller frees it), and *line; NULL and 0 where git names no hunk. The caller
 * frees the result.
 */
char *core_complaint(const struct core_fit *fit, const char *said,
		     char **file, long *line);

#endif
