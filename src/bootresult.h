/* SPDX-License-Identifier: GPL-2.0-only */
/* The verdict on a target from its two boots. */
#ifndef RXA_BOOTRESULT_H
#define RXA_BOOTRESULT_H

#include "bootset.h"
#include "bootside.h"
#include "boottable.h"

enum boot_word { BOOT_PASS, BOOT_SKIP, BOOT_FAIL };
const char *boot_word_name(enum boot_word w);

struct boot_result {
	enum boot_word word;
	char *why;		/* "" for a plain pass */
	bool legacy_too;	/* what failed does so before the conversion */
	struct boot_table table;
	const struct boot_side *legacy, *converted;	/* or NULL */
};

/* What the two kernels differ in beyond any table. */
struct boot_trouble {
	bool legacy;		/* the legacy one has not come to its end */
	char *why;		/* what is bad about the converted one, or NULL */
	size_t line;		/* of the splat on its console, or 0 */
};
void boot_trouble_find(struct boot_trouble *t, const struct boot_side *legacy,
		       const struct boot_side *converted);
void boot_trouble_free(struct boot_trouble *t);

/*
 * Judges a target by two boots; trouble of theirs is put down to it. To be
 * freed with boot_result_free().
 */
void boot_result_make(struct boot_result *r, const struct boot_target *t,
		      const struct boot_side *legacy,
		      const struct boot_side *converted);
/* One that was not booted; takes `why` over. */
void boot_result_none(struct boot_result *r, enum boot_word word, char *why);
void boot_result_free(struct boot_result *r);

#endif
