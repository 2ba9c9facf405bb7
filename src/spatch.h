/* SPDX-License-Identifier: GPL-2.0-only */
/* The driver of Coccinelle's spatch. */
#ifndef RXA_SPATCH_H
#define RXA_SPATCH_H

#include "job.h"
#include "session.h"

#define SPATCH_OLDEST "1.1.1"

/* Fills s->spatch_version. 0, or an exit code after a message. */
int spatch_probe(struct session *s);
/* Seconds that one spatch may take: RXASYNC_SPATCH_DEADLINE, or 300. */
int spatch_deadline(void);

/* A part of a file that spatch could not parse and would skip in silence. */
struct parse_gap {
	int line;		/* of the token that it stumbled over */
	int from, to;		/* lines that it left out, both included */
};
struct parse_gaps {
	struct parse_gap *v;
	size_t n, cap;
};
/* Reads what `spatch --parse-c FILE` printed about that very file. */
void parse_gaps_read(struct parse_gaps *gaps, const char *file,
		     const char *output);
void parse_gaps_free(struct parse_gaps *gaps);

/* What spatch must be told of attributes; the caller frees the path. */
char *spatch_macro_file(void);
/* A job "spatch --parse-c FILE" in the tree's folder; macros: a file or NULL. */
struct job *spatch_parse_job(const struct session *s, const char *file,
			     const char *macros);
/*
 * A job that rewrites the files in place by the semantic patch; `dir` is
 * their root.
 */
struct job *spatch_apply_job(const char *dir, const char *cocci,
			     const struct strvec *files);
/*
 * What went wrong in a finished job, in one line, or NULL: spatch ends with 0
 * on some failures and tells them on stderr alone. The caller frees it.
 */
char *spatch_failure(const struct job *job);

#endif
