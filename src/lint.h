/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The hazards in drivers that have the async callback already: what a
 * conversion by hand may have left behind.
 */
#ifndef RXA_LINT_H
#define RXA_LINT_H

#include "plan.h"

struct finding {
	const char *id;		/* of hazard_kinds */
	char *file;
	int line;
	char *text;
	char *chain;		/* "a <- b <- callback", or NULL */
	const char *unit;
};

struct lint {
	struct model model;
	struct kmakefile_db *makefiles;
	struct finding *v;	/* by file and line */
	size_t n, cap;
	size_t drivers;		/* units that were looked at */
	size_t callbacks;	/* of theirs, those that were found */
};

/*
 * Looks at each driver of the tree that the session wants. 0 or an exit code
 * after a message; lint_free() in any case.
 */
int lint_run(struct session *s, struct lint *l);
void lint_free(struct lint *l);

/*
 * For the parts below: a finding at the token. The same id stands once for a
 * line. `chain` is taken over and may be NULL.
 */
void lint_find(struct lint *l, const struct unit *u, const char *id,
	       const struct csource *src, size_t tok, char *chain,
	       const char *fmt, ...) __printf_like(7, 8);

/* lintlist.c: live lists on the callbacks' paths, and without the lock. */
void lint_lists(struct lint *l, struct unit *u);
/* lintlock.c: locks, and what must not be called with them held. */
void lint_locks(struct lint *l, struct unit *u);
/* lintwork.c: works that are waited for, or left. */
void lint_works(struct lint *l, struct unit *u);
/* lintreturn.c: what the callbacks return. */
void lint_returns(struct lint *l, struct unit *u);

#endif
