/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a guest of the boot check said on its result line (see bootwire.h).
 */
#ifndef RXA_BOOTSAID_H
#define RXA_BOOTSAID_H

#include "util.h"

/* The guest's last line, as src/guest/machine.h has it. */
#define SAID_END "rxasync-guest: end"

/* A row of a NIC's table; or of "soft:KIND:OVER". */
struct said_row {
	char *nic, *row;
	char *want, *got;	/* "1101x0"; NULL in a row that was skipped */
	char *why;		/* of a skipped one, else NULL */
	int tries;
};

struct said_nic {
	char *name;
	char *dev, *driver;	/* NULL: the guest has not found it */
};

struct said {
	struct said_row *rows;
	size_t row_count, row_cap;
	struct said_nic *nics;
	size_t nic_count, nic_cap;
	struct strvec failed;	/* names of the KTAP results that were not ok */
	struct strbuf log;	/* lines of the kernel's log that it passed on */
	char *lockdep;		/* "on", "off", "none"; NULL: never told */
	long taint, complaints;	/* -1: never told */
	bool ended;		/* the last line came */
};

/*
 * Reads the text of the result line; where the prefix is not NULL, only what
 * stands behind it in a line counts. To be freed with said_free().
 */
void said_read(struct said *s, const char *text, const char *prefix);
void said_free(struct said *s);

/* NULL where there is none. */
const struct said_row *said_find(const struct said *s, const char *nic,
				 const char *row);
const struct said_nic *said_nic(const struct said *s, const char *name);

#endif
