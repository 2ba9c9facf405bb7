/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has to be compiled for the converted units in one configuration: which
 * objects depend on a unit's files, which of them the .config has, and which
 * units can share a compilation.
 */
#ifndef RXA_BUILDPLAN_H
#define RXA_BUILDPLAN_H

#include "includers.h"
#include "kconfig.h"
#include "kmakefile.h"
#include "session.h"

struct build_object {
	char *path;		/* "drivers/net/dummy.o" */
	const struct kobject *ways;
	bool on;		/* the .config has it; see build_plan_judge() */
	bool module;		/* as part of a module only */
	char *why_off;
};

struct build_unit {
	struct unit *unit;
	struct strvec changed;	/* tree-relative; in the unit's after/ */
	size_t *objects;	/* indices into the plan's */
	size_t count, cap;
	bool wanted;		/* the UNIT words name it */
	bool due;		/* no result of today's input is there */
	uint64_t key;
	int wave;
};

struct build_plan {
	struct build_object *objects;
	size_t object_count, object_cap;
	struct build_unit *units;	/* the converted ones */
	size_t unit_count, unit_cap;
	struct strvec symbols;	/* CONFIG_X of all units of the model */

	/* Private. */
	struct kmakefile_db *makefiles;
	struct includers *includers;
	bool borrows;	/* these two */
};

/* Is it the object of one of the unit's changed files itself? */
bool build_unit_owns(const struct build_unit *u, const char *object);
/* From the model and what lies in the units' after/ folders. */
void build_plan_make(struct build_plan *p, const struct session *s,
		     const struct model *m);
void build_plan_free(struct build_plan *p);
/*
 * A copy, to be judged by a configuration; what was read of the tree it has
 * from the other, which has to outlive it.
 */
void build_plan_copy(struct build_plan *p, const struct build_plan *from);

/* Sets on, module and why_off of every object. */
void build_plan_judge(struct build_plan *p, const struct kconfig *kc,
		      const struct dotconfig *dc, const char *arch);
/*
 * Gives each due unit a wave, from 0, so that no two of a wave have an object
 * in common; returns how many waves there are.
 */
int build_plan_waves(struct build_plan *p);
/* The folders of the tree that the shadow needs as folders. */
void build_plan_folders(const struct build_plan *p, const struct model *m,
			struct strvec *real);

#endif
