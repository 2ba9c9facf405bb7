/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The boot stage: on each machine, a kernel with the legacy drivers and one
 * with the converted ones go through the same scenario, and what arrives on
 * their network cards is compared.
 *
 * Each entry of a unit's boot.json:
 *	{"machine": name, "nic": name or "soft:KIND",
 *	 "result": "pass|fail|skip", "why": s, "variant": "lockdep",
 *	 "key": hash, "sources": hash, "states": rows that are right,
 *	 "rows": [{"row", "legacy", "converted", "want", "result"}],
 *	 "accel": "tcg|kvm", "qemu": version, "seconds": n,
 *	 "lockdep": "on|off|none", "log": file}
 *
 * pass: both kernels came to their end, the log of the converted one has no
 * complaint that the other's has not, and all rows are the same and right. skip:
 * it was not booted, or no driver took the card; "why" begins with a word:
 * no-model, other-machine, no-qemu, no-start, no-probe, not-built, no-row.
 *
 * The workspace's boot/MACHINE/ has plan, console, result line and command of
 * the last boots.
 */
#ifndef RXA_BOOT_H
#define RXA_BOOT_H

#include "session.h"

struct boot_options {
	struct strvec machines;	/* names, or "all"; empty: of our own ARCH */
	const char *variant;	/* of the configuration; NULL for lockdep */
	const char *accel;	/* "tcg", "kvm"; NULL: by a trial */
	bool again;		/* also what has a result of today's input */
	int timeout;		/* seconds without a word that are a hang, or 0 */
};

/* How many entries ended how. */
struct boot_count {
	size_t pass, fail, skip, booted;
};

/*
 * Boots what has no result of today's input yet and writes each unit's
 * boot.json; ->boot of the model's units follows. 0, EXIT_UNIT_FAILED,
 * EXIT_UNTESTED where nothing passed, or another exit code after a message;
 * -EINTR.
 */
int boot_run(struct session *s, struct model *m, const struct boot_options *o,
	     struct boot_count *count);

#endif
