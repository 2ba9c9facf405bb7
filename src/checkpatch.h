/* SPDX-License-Identifier: GPL-2.0-only */
/* The tree's scripts/checkpatch.pl, as netdev's CI runs it. */
#ifndef RXA_CHECKPATCH_H
#define RXA_CHECKPATCH_H

#include <jansson.h>

#include "job.h"
#include "session.h"

struct complaint {
	char *level;		/* ERROR, WARNING, CHECK */
	char *type;		/* LONG_LINE */
	char *message;
	char *path;		/* NULL where it is about the message */
	int line;
	bool ours;		/* it was not there before the patch */
};

struct complaints {
	struct complaint *v;
	size_t n, cap;
};

/*
 * A run over a patch file, or over stdin where `patch` is "-". It works in
 * `dir`, a folder of ours, since the script may leave a cache behind.
 */
struct job *checkpatch_job(const struct session *s, const char *dir,
			   const char *patch);
/*
 * What a run said. -EIO where it did not really run: the script died, or its
 * exit code and its words do not agree.
 */
int checkpatch_read(struct complaints *cs, const struct job *job);
void complaints_parse(struct complaints *cs, const char *text);
void complaints_free(struct complaints *cs);
/* Does a complaint stand at a line, so that it may be an old one? */
bool complaints_at_lines(const struct complaints *cs);
/*
 * Clears ->ours where the reverse patch earns the same complaint on the lines
 * that stood there before. `diff` is the patch itself.
 */
void complaints_compare(struct complaints *cs,
			const struct complaints *reverse, const char *diff);
/* [{"level", "type", "message", "at", "ours"}]; the caller owns it. */
json_t *complaints_to_json(const struct complaints *cs);

#endif
