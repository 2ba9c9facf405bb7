/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report stage: report.json for machines, report.html for people, both of
 * what the workspace holds now. The same workspace gives the same bytes.
 */
#ifndef RXA_REPORT_H
#define RXA_REPORT_H

#include <jansson.h>

#include "model.h"
#include "session.h"

/*
 * report.json in memory: the contract's keys, and more (totals, notes, how
 * far each unit is). Only the units that s->units asks for. The caller owns
 * the result.
 */
json_t *report_build(const struct session *s, const struct model *m);

/*
 * Writes report.json and report.html on the whole model, whatever s->units
 * says: a report leaves nothing out. Nothing is written with -n. 0 or -errno.
 */
int report_run(struct session *s, struct model *m);

/* The totals as a short table on stdout, of the units that s->units names. */
void report_print(const struct session *s, const struct model *m);

/*
 * The "build" or "boot" entries of each such unit on stdout, as JSON: a list of
 * objects with the unit's name and the entries.
 */
void report_print_stage(const struct session *s, const struct model *m,
			const char *stage);

/*
 * The version of the spatch that the scan used, or "unknown"; the caller
 * frees it.
 */
char *report_spatch(const struct session *s);

/*
 * The unit's patch as a path inside the workspace, or NULL where none that
 * passed the post-conditions is there; the caller frees it.
 */
char *report_patch(const struct session *s, const struct unit *u);

#endif
