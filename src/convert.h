/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes each unit's semantic patch, runs spatch on copies of its files, lays
 * the result out, holds it against the plan and keeps it in the unit's folder.
 */
#ifndef RXA_CONVERT_H
#define RXA_CONVERT_H

#include "scan.h"

struct convert_totals {
	size_t converted, kept, manual, failed;	/* assignments */
	size_t fresh;		/* units for which spatch ran */
};

/*
 * Converts the wanted units of a scan whose plan allows it. 0, EXIT_UNIT_FAILED
 * where one failed, or another exit code after a message.
 */
int convert_run(struct session *s, struct scan *sc, struct convert_totals *t);

/* Writes the converted files of the wanted units into the tree. */
int convert_apply(struct session *s, const struct scan *sc);

#endif
