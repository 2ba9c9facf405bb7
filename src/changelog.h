/* SPDX-License-Identifier: GPL-2.0-only */
/* The text of a unit's commit: what, why, how it was made and tested. */
#ifndef RXA_CHANGELOG_H
#define RXA_CHANGELOG_H

#include "session.h"

#define LOG_COLUMNS 75
/* A semantic patch of so many lines at most stands in the log itself. */
#define LOG_COCCI_LINES 40

struct changelog {
	const struct session *s;
	const struct unit *u;
	const char *patch;	/* the text of convert.patch */
	const char *cocci;	/* of convert.cocci, or NULL */
	bool assisted;		/* the tree's documents know Assisted-by */
};

/* The body, from below the subject to the trailer; the caller frees it. */
char *changelog_text(const struct changelog *c);

/* "x86_64 allmodconfig: ok", "not compiled": for the cover's table. */
char *changelog_evidence(const struct unit *u);
/* Was it compiled, and nowhere in vain? */
bool changelog_compiled(const struct unit *u);

/*
 * Adds the text, broken between words into lines of LOG_COLUMNS; `first`
 * stands before the first line, `rest` before the others.
 */
void log_wrap(struct strbuf *sb, const char *first, const char *rest,
	      const char *text);
/* The same behind a blank line; takes the text over. */
void paragraph(struct strbuf *sb, char *text);

#endif
