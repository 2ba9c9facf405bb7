/* SPDX-License-Identifier: GPL-2.0-only */
/* One kernel booted once on a machine: how it's started, and how that went. */
#ifndef RXA_BOOTSIDE_H
#define RXA_BOOTSIDE_H

#include "bootclass.h"
#include "bootguest.h"
#include "bootkernel.h"
#include "bootsaid.h"
#include "qemu.h"

struct boot_side {
	char *label;		/* "legacy", "converted", "converted-e1000" */
	struct said said;
	struct splats splats;
	enum boot_end end;
	char *console, *results;
	char *command;		/* QEMU's, to repeat it by hand */
	char *qemu_said;	/* its own words, of a failed start */
	char *version;		/* of QEMU */
	const char *accel;
	int seconds;
	bool reused;		/* from an earlier run of rxasync */

	/* Private. */
	struct qemu *qemu;
	char *folder;
	const char *prefix;	/* of result lines on the console, or NULL */
};

/* How all the boots of a run are started. */
struct boot_how {
	const char *accel;	/* "kvm", "tcg" */
	char *clock;		/* words of accel_clock(), of this accelerator */
	int timeout;		/* seconds without a word, 0: by accelerator */
	int at_once;		/* machines that run at the same time */
	bool dry_run;
};

/*
 * The job that boots the image with the initramfs; it adds itself to the pool
 * with ->done set, and the side is filled when it has ended. Console and
 * results are written to `folder`. -errno.
 */
int boot_side_start(struct boot_side *side, const char *label,
		    const char *folder, const struct boot_how *how,
		    const struct boot_choice *c, const struct boot_image *image,
		    const char *initrd, struct pool *pool);
void boot_side_free(struct boot_side *side);

/*
 * A side that ended well is kept in its folder under the key, and comes back
 * from there, ->reused; false where it doesn't.
 */
void boot_side_keep(const struct boot_side *side, uint64_t key);
bool boot_side_again(struct boot_side *side, const char *label,
		     const char *folder, const struct machine *mc,
		     uint64_t key);

#endif
