/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The targets of one machine together: one boot of the legacy kernel, one of
 * the converted one. Where something goes wrong that no table tells of, each is
 * booted alone, to see whose fault it is.
 */
#ifndef RXA_BOOTBATCH_H
#define RXA_BOOTBATCH_H

#include "boot.h"
#include "bootkernel.h"
#include "bootresult.h"

struct boot_batch {
	struct session *s;
	const struct machine *machine;
	const char *variant;
	struct boot_how how;
	const struct boot_guest *guest;
	const char *version;		/* of QEMU */
	bool again;			/* the legacy one, too */
	struct boot_target **targets;	/* those that are due */
	size_t n;
	const struct boot_kernel *kernel;
	size_t booted;			/* boots that were made */

	/* Private. */
	char *folder;
};

/*
 * Boots and judges; each target's result is written. 0, EXIT_ENVIRONMENT after
 * a message, or -EINTR.
 */
int boot_batch_run(struct boot_batch *b);

#endif
