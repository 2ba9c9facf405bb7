/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables of one NIC, of the legacy and of the converted driver, row by
 * row against each other and against what is right.
 */
#ifndef RXA_BOOTTABLE_H
#define RXA_BOOTTABLE_H

#include <jansson.h>

#include "bootsaid.h"

enum row_verdict {
	ROW_GOOD,
	ROW_SKIPPED,	/* on both sides, with a reason */
	ROW_GAP,	/* the model is known to be wrong here; both alike */
	ROW_BOTH_WRONG,	/* alike, but not what is right */
	ROW_MISSING,	/* one side has no such row, or no answer */
	ROW_WRONG,	/* they differ, or the converted one is wrong */
};
const char *row_verdict_name(enum row_verdict v);

struct boot_row {
	char *row;
	char *legacy, *converted;	/* bits; NULL where there are none */
	char *want;
	char *why;			/* of a skipped one, else NULL */
	enum row_verdict verdict;
};

struct boot_table {
	struct boot_row *v;
	size_t n, cap;
	size_t good;		/* rows that count: ROW_GOOD */
	size_t skipped;
};

/*
 * Adds the NIC's rows in the guest's order, with the prefix before their names;
 * gaps are names of rows. The table is all zero before the first.
 */
void boot_table_add(struct boot_table *t, const char *nic, const char *prefix,
		    const struct said *legacy, const struct said *converted,
		    const struct strvec *gaps);
/* The worst row; NULL where none is worse than ROW_GAP. */
const struct boot_row *boot_table_worst(const struct boot_table *t);
/*
 * [{"row", "legacy", "converted", "want", "result", "why"}]; the caller owns
 * it.
 */
json_t *boot_table_json(const struct boot_table *t);
void boot_table_free(struct boot_table *t);

/* Are the bits what is wanted, where that is said (0 or 1, not x)? */
bool bits_right(const char *want, const char *got);

#endif
