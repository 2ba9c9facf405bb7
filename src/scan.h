/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds every assignment of ndo_set_rx_mode in the tree, groups them to units
 * and has each planned.
 */
#ifndef RXA_SCAN_H
#define RXA_SCAN_H

#include "kmakefile.h"
#include "plan.h"
#include "session.h"

struct scan {
	struct model model;
	struct kmakefile_db *makefiles;
	struct word_index named;	/* callbacks that several modules share */
	struct overrides overrides;	/* what persons have ruled out */
	size_t files_read;	/* .c and .h files of the tree */
	size_t text_count;	/* assignments that the text search found */
	size_t async_count;	/* assignments that are async already */
};

/*
 * Scans the whole tree and plans each unit that the session wants (all of them
 * where `all`). Writes scan.json and, per unit, parse.json. 0 or an exit code
 * after a message: the search by text and the one by tokens must agree.
 * scan_free() in any case.
 */
int scan_run(struct session *s, struct scan *sc);
void scan_free(struct scan *sc);

#endif
