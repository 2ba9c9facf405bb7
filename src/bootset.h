/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which unit is tested on which machine by which network card or software
 * device, and which of that has no result of today's input yet.
 */
#ifndef RXA_BOOTSET_H
#define RXA_BOOTSET_H

#include "machinefile.h"
#include "model.h"
#include "session.h"

struct boot_target {
	struct unit *unit;
	const struct machine *machine;	/* NULL: none has a model of it */
	const struct machine_nic *nic;	/* or NULL, then: */
	char *soft;			/* kind of a software device */
	char *why;			/* it can't be booted; NULL: it can */
	/*
	 * A stacked device that stays as it is: it's booted with others, as it
	 * may be on top of a converted one.
	 */
	bool rides;
	uint64_t key;			/* of all that its result depends on */
	bool due;
};

struct boot_set {
	struct boot_target *v;
	size_t n, cap;
};

/* What a machine's key is made of besides the machine itself. */
struct boot_keys {
	uint64_t guest;		/* of the guest's program */
	uint64_t tree;		/* of the tree's headers and version */
	const char *variant;
	const char *qemu;	/* its version */
};

/* Is it converted, by its convert.json, and compiled nowhere in vain? */
bool boot_unit_is_ready(const struct unit *u);
/*
 * The targets of all converted units that the session asks for, on those of
 * the machines whose name is in `names`; a unit that has none there gets one
 * row with ->why. Software devices of units that are kept come, too.
 */
void boot_set_make(struct boot_set *set, const struct session *s,
		   const struct model *m, const struct machines *ms,
		   const struct strvec *names);
void boot_set_free(struct boot_set *set);

/* Of the unit's files in the tree and as converted. */
uint64_t boot_unit_key(const struct session *s, const struct unit *u);
uint64_t boot_target_key(const struct session *s, const struct machines *ms,
			 const struct boot_target *t,
			 const struct boot_keys *keys);

/* The name of the card or device, "e1000" or "soft:veth". */
char *boot_target_nic(const struct boot_target *t);
/*
 * The kind of a word of the machine's `soft`, "veth:drivers/net/veth.c"; the
 * caller frees it.
 */
char *boot_soft_kind(const char *word);

#endif
