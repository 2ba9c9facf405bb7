/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * /boot.plan: what the guest of the boot check is to do. Its grammar is in
 * bootwire.h. Pure C for both sides.
 */
#ifndef BOOTPLAN_H
#define BOOTPLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOTPLAN_NICS 32
#define BOOTPLAN_SOFTS 64

/* In uc and mc; else how many addresses the filter holds exactly. */
#define BOOTPLAN_NONE (-1)
#define BOOTPLAN_HASH (-2)
#define BOOTPLAN_EXACT (-3)

/* All text points into struct bootplan's copy; "" where not given. */
struct bootplan_nic {
	const char *name;
	bool has_mac;
	uint8_t mac[6];
	const char *driver;
	int uc;
	int mc;
	bool allmulti;
	bool promisc;
	bool promisc_unicast; /* what groups arrive then is the driver's choice */
	const char *rows; /* "all" where not given */
	const char *skip;
	const char *gaps;
};

struct bootplan_soft {
	const char *kind;
	const char *over; /* a NIC's name, or "" */
	int nic;	  /* its number, or -1 */
	const char *rows;
	const char *skip;
};

struct bootplan {
	int scale;
	int jobs;
	struct bootplan_nic nic[BOOTPLAN_NICS];
	int nics;
	struct bootplan_soft soft[BOOTPLAN_SOFTS];
	int softs;
	char *text;
};

/*
 * 0, or -EINVAL with "line N: what" in why. The plan is to be freed either way
 * with bootplan_free().
 */
int bootplan_parse(struct bootplan *p, const char *text, char *why,
		   size_t size);
void bootplan_free(struct bootplan *p);

/* Whether the comma-separated list has the word. */
bool bootplan_listed(const char *list, const char *word);
/* Whether a row is to be run by rows= and skip=. */
bool bootplan_runs(const char *rows, const char *skip, const char *row);

#endif
