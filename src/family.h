/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that a unit's plan has to see: its modules', those that include
 * its sources, and for an exported callback or helper all of the tree that name
 * it.
 */
#ifndef RXA_FAMILY_H
#define RXA_FAMILY_H

#include "plan.h"

/* Fills the plan's module, family and (still empty) graph. */
void family_read(const struct session *s, struct kmakefile_db *db,
		 const struct word_index *named, const struct strvec *helpers,
		 struct unit *u);
/*
 * Modules that use a member behind which lists are used join, too, where no
 * other unit is in them. True where there were any: module and graph are new.
 */
bool family_join(const struct session *s, struct kmakefile_db *db,
		 struct unit *u);

#endif
