/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A unit's result in one configuration, from what is known of its objects
 * before and after; as an entry of its build.json (see build.h).
 */
#ifndef RXA_BUILDRESULT_H
#define RXA_BUILDRESULT_H

#include "buildplan.h"
#include "buildstore.h"

struct build_result {
	struct strvec built;		/* made both times */
	struct strvec missing, missing_why;	/* in parallel */
	struct strvec new_warnings;
	char *error;			/* of the first that fails only now */
	/* sparse: objects that it checked both times, and those it did not. */
	struct strvec checked, unchecked;
	/* Of the objects that were compared, see objjudge.h. */
	struct strvec compared, uncompared;	/* "path: why" */
	struct strvec touched, inlined, data;
	struct strvec unexplained;	/* "path: f()" */
	struct strbuf log;
};

/* Is there any sense in compiling it after, seeing how it was before? */
bool build_result_wants(const struct build_record *before);

/* Records may be NULL: never reached. */
void build_result_add(struct build_result *r, const struct build_object *o,
		      const struct build_record *before,
		      const struct build_record *after);
/* "pass", "fail" or "not-built". */
const char *build_result_judge(const struct build_result *r);
/*
 * Writes build.log, then build.json with this configuration's entry replaced;
 * ->build of the unit follows. A unit of which an object was never reached is
 * left without an entry, so that the next run tries again. -errno.
 */
int build_result_write(const struct build_result *r, const struct session *s,
		       struct unit *u, const struct kbuild *kb, uint64_t key);
void build_result_free(struct build_result *r);

/* Has the unit an entry for this configuration with this key? */
bool build_result_is_current(const struct unit *u, const struct kbuild *kb,
			     uint64_t key);
/* The entry's result word; NULL where there is none. */
const char *build_result_word(const struct unit *u, const struct kbuild *kb);

#endif
