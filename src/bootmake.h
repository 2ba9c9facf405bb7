/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One O= of the boot check: what it is made of, and its make. Private to
 * bootkernel.c.
 */
#ifndef RXA_BOOTMAKE_H
#define RXA_BOOTMAKE_H

#include "bootconfig.h"
#include "bootfiles.h"
#include "kbuild.h"
#include "machinefile.h"
#include "session.h"

struct boot_make {
	const struct session *s;
	const struct machines *ms;
	const struct machine *mc;
	struct session own; /* with the machine's words for kbuild */
	char *root;	    /* holds the shadow "tree", "lock", "images" */
	char *images;
	struct kbuild kb;
	struct kconfig kc;
	struct boot_config config;
	char *fragment;
	struct strvec targets, files; /* of all machines that share the O= */
	struct strvec lacking;
	struct boot_files legacy, converted;
	uint64_t config_key, stamp; /* stamp: of the tree */
	bool ready;	      /* shadow and .config are */
	unsigned int objects; /* compiled so far */
};

/* The compiler's prefix on this host, "" where it is the native one. */
const char *boot_cross(const struct machine *mc);
/* "cannot WHAT PATH: error"; EXIT_ENVIRONMENT. */
int boot_fail(const char *what, const char *path, int error);
/*
 * Reads all that is there; nothing is written. s, ms and mc are set. 0, or an
 * exit code after a message; boot_make_end() in any case.
 */
int boot_make_begin(struct boot_make *m, const char *variant);
void boot_make_end(struct boot_make *m);
/*
 * Adds what stands behind files of the tree in both kernels. As
 * boot_make_begin().
 */
int boot_make_extra(const struct boot_make *m, struct boot_files *files);
/*
 * Makes the targets with the files in the tree's place. 0, EXIT_UNIT_FAILED
 * where it does not compile, EXIT_ENVIRONMENT; each after a message; -EINTR.
 */
int boot_make_run(struct boot_make *m, struct boot_files *files);

#endif
