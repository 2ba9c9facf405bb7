/* SPDX-License-Identifier: GPL-2.0-only */
/* The results of a unit's targets in its folder: boot.json and logs (boot.h). */
#ifndef RXA_BOOTSTORE_H
#define RXA_BOOTSTORE_H

#include "bootresult.h"

/*
 * Puts the result into the unit's boot.json, in place of an older one, and
 * writes its log; ->boot of the unit follows. -errno.
 */
int boot_store_put(const struct boot_result *r, const struct session *s,
		      const struct boot_target *t, const char *variant);
/* Has the target an entry with its key? */
bool boot_store_has(const struct boot_target *t, const char *variant);
/* The result word of its entry, whatever the key; NULL where there is none. */
const char *boot_store_word(const struct boot_target *t, const char *variant);
/*
 * Drops the unit's entries that are of other sources than today's, and those
 * of units that are not converted any more. -errno.
 */
int boot_store_drop_stale(const struct session *s, struct unit *u);

#endif
