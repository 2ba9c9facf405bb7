/* SPDX-License-Identifier: GPL-2.0-only */
/* The last stage: converted units as commits and as mails, in waves. */
#ifndef RXA_SERIES_H
#define RXA_SERIES_H

#include "session.h"

struct series_options {
	const char *branch;	/* NULL: rxasync/<version>-<flavour> */
	const char *prefix;	/* NULL: "PATCH net-next", by where it goes */
	size_t max;		/* patches a wave */
	bool tested_only;	/* leave out what was not compiled */
};

#define SERIES_MAX_DEFAULT 15

/*
 * Makes series/ in the workspace anew unless what it would hold is there
 * already, and each unit's series.json:
 *	{"key", "wave", "number", "patch", "subject", "tree", "commit",
 *	 "checkpatch": [{"level", "type", "message", "at", "ours"}] or null,
 *	 "to": [s], "cc": [s], "check_key"}
 * Returns an exit code after the last word.
 */
int series_run(struct session *s, struct model *m,
	       const struct series_options *o);

#endif
