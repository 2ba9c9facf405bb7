/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What runs inside a machine of the boot check: our process 1, made of the
 * sources in guest/ by the machine's own compiler, and the plan that it works
 * by (see bootwire.h), together as an initramfs.
 */
#ifndef RXA_BOOTGUEST_H
#define RXA_BOOTGUEST_H

#include "bootset.h"

struct boot_guest {
	char *program;		/* path; in the cache */
	uint64_t key;		/* of its sources and compiler */
};

/*
 * Compiles it, unless that is done already. 0, EXIT_ENVIRONMENT after a
 * message, or -EINTR. boot_guest_free() in any case.
 */
int boot_guest_make(struct boot_guest *g, const struct session *s,
		    const struct machine *mc);
void boot_guest_free(struct boot_guest *g);

/* Which of a machine's cards and devices are in a boot. */
struct boot_choice {
	const struct machine *machine;
	bool *nics;		/* one for each of the machine's */
	bool soft;		/* with the software devices */
	int scale;		/* waiting takes so many times as long */
};

/* The address of the machine's NIC; the caller frees it. */
char *boot_mac(size_t nic);
/* The text of /boot.plan. */
void boot_plan_text(struct strbuf *sb, const struct boot_choice *c);
/* Writes the initramfs. -errno. */
int boot_initramfs(const char *path, const struct boot_guest *g,
		   const struct strbuf *plan);

#endif
