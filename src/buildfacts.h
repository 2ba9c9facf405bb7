/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of a unit's change, that the comparison of its objects goes
 * by (objjudge.h): what the plan says in convert.json, and who calls whom.
 */
#ifndef RXA_BUILDFACTS_H
#define RXA_BUILDFACTS_H

#include "buildsetup.h"
#include "objjudge.h"

struct build_facts {
	struct strvec planned;	/* functions that the plan changes */
	struct strvec ops;	/* variables that it changes */
	struct objcalls calls;
	struct objlines lines;
	char *why_not;	/* there is nothing to compare by, and why; or NULL */
};

/* Of the object `r` of a unit; its sources are read. */
void build_facts_read(struct build_facts *f, const struct build *b,
		      const struct build_unit *u,
		      const struct build_record *r);
void build_facts_free(struct build_facts *f);

/* Of all in it that is not in the unit's sources. */
uint64_t build_facts_hash(uint64_t h, const struct unit *u);

#endif
