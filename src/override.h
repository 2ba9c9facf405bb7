/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person has ruled out: WORKSPACE/overrides, a line each:
 *
 *	UNIT CODE FILE:LINE[@SUM] WHO: WHY
 *
 * CODE is a hazard's id or a reason's code. SUM is that of the function around
 * the place, as `scan --explain` prints it: with it, the line counts only as
 * long as that function stays what was looked at. "#" begins a comment.
 */
#ifndef RXA_OVERRIDE_H
#define RXA_OVERRIDE_H

#include "csource.h"

struct override {
	int line;		/* in the file */
	char *unit, *code, *place, *sum, *who, *why;
	bool used;		/* something was ruled out by it */
	bool changed;		/* its place was met, with another sum */
};

struct overrides {
	struct override *v;
	size_t n, cap;
};

struct session;
/*
 * Reads the workspace's file. 0, also where there is none; or an exit code
 * after a message for each bad line.
 */
int overrides_load(struct overrides *os, const struct session *s);
void overrides_free(struct overrides *os);

/* The sum of the function around the token; the caller frees it. */
char *override_sum(const struct csource *src, size_t tok);
/*
 * The override of that unit for a hazard (id, may be NULL) or reason (may be
 * NULL) at the place, marked as used; or NULL.
 */
struct override *override_find(struct overrides *os, const char *unit,
			       const char *id, const char *reason,
			       const struct csource *src, size_t tok);
/* May a person rule that reason out? Not where the rewrite itself is stuck. */
bool override_may(const char *reason);
/* The unit's overrides, for its key. */
uint64_t overrides_hash(const struct overrides *os, const char *unit,
			uint64_t h);

#endif
