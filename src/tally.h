/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model counted: by verdict, reason, class, directory, hazard, and how
 * far each unit has come. What has not run is counted as such, never as good.
 */
#ifndef RXA_TALLY_H
#define RXA_TALLY_H

#include "model.h"
#include "session.h"

#define VERDICTS (FAILED + 1)
#define OUTCOMES (OPEN + 1)

/* How a stage ended for a unit, from best to worst. */
enum stage_result {
	STAGE_NONE,		/* the verdict means that it is never asked */
	STAGE_PASS,
	STAGE_SKIP,
	STAGE_NOT_BUILT,
	STAGE_NOT_RUN,
	STAGE_FAIL,
	STAGE_RESULTS,
};
/* "none", "pass", "skip", "not-built", "not-run", "fail". */
const char *stage_word(enum stage_result r);
/* A word of build.json or boot.json; one that is none counts as not run. */
enum stage_result stage_parse(const char *word);

enum stage { STAGE_CONVERT, STAGE_BUILD, STAGE_BOOT, STAGE_SERIES, STAGES };
const char *stage_name(enum stage stage);
/* The worst of what the stage found for the unit. */
enum stage_result stage_of(const struct unit *u, enum stage stage);

struct tally_row {
	char *key;		/* "" for a converted without a reason */
	size_t assignments[VERDICTS], units[VERDICTS];
	/* Of hazards only: */
	size_t places[OUTCOMES];
	size_t noted;		/* open places in units that are converted */
	size_t hit;		/* units that have it */
};

struct tally_rows {
	struct tally_row *v;
	size_t n, cap;
};

struct tally {
	size_t assignments, units;
	size_t by_assignment[VERDICTS], by_unit[VERDICTS];
	struct tally_rows reasons, classes, dirs, hazards;
	size_t stages[STAGES][STAGE_RESULTS];	/* units */
	size_t new_warnings;	/* units that have any */
	size_t checked;		/* patches that checkpatch has read, */
	size_t remarked, ours;	/* with remarks, with new ones */
	int waves;		/* the highest wave's number */
};

/* Counts the units that `s` wants, or all of them with s == NULL. */
void tally_make(struct tally *t, const struct session *s,
		const struct model *m);
void tally_free(struct tally *t);

/* New warnings of the unit, over all that it was built for. */
size_t unit_new_warnings(const struct unit *u);
/*
 * Did the patch bring this remark of checkpatch ("ours"), or did the old lines
 * earn it as well? One that does not say counts as ours.
 */
bool remark_is_ours(const json_t *remark);
/* The folder of a path, at most four names deep; the caller frees it. */
char *tally_dir(const char *path);
/* Hazard ids in the order of their numbers: H2 before H10. */
int hazard_id_compare(const char *a, const char *b);

#endif
