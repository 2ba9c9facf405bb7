/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel of the boot check wants of its configuration: fragments, and
 * the symbols of the NICs of all machines that share it.
 */
#ifndef RXA_BOOTCONFIG_H
#define RXA_BOOTCONFIG_H

#include "kconfig.h"
#include "machinefile.h"

struct boot_config {
	struct strvec base;  /* "CONFIG_X=y", of the fragments */
	struct strvec nics;  /* likewise, of the NICs */
	struct strvec needs; /* what those depend on */
};

/* Do the two share a kernel? */
bool bootconfig_shared(const struct machine *a, const struct machine *b);
/*
 * Puts it together: of two lines for a symbol the later counts, but a variant
 * does not turn on what the machine's fragments turn off. 0, or -errno after a
 * message. bootconfig_free() in any case.
 */
int bootconfig_make(struct boot_config *c, const struct machines *ms,
		    const struct machine *mc, const char *variant,
		    const struct kconfig *kc);
/* As a fragment for kbuild; the caller frees it. */
char *bootconfig_text(const struct boot_config *c);
/*
 * Compares with the text of a .config. What a NIC wants and did not get is
 * added to *lacking, symbols that the tree doesn't know to *unknown. -EINVAL
 * where a fragment did not get what it wants, with that in *why, which the
 * caller frees.
 */
int bootconfig_check(const struct boot_config *c, const struct kconfig *kc,
		     const char *dotconfig, const char *arch,
		     struct strvec *lacking, struct strvec *unknown,
		     char **why);
void bootconfig_free(struct boot_config *c);

#endif
