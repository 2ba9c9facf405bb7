/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernels of the boot check. For a tree there is one shadow in the cache,
 * and in it an O= for each architecture, list of fragments and variant; all
 * machines with the same three share it, and the symbols of all their NICs are
 * in its .config. The legacy kernel is built first, then the converted files
 * take the place of the tree's and only what they changed is compiled. Images
 * are kept by the key of all that they were made of.
 */
#ifndef RXA_BOOTKERNEL_H
#define RXA_BOOTKERNEL_H

#include "machinefile.h"
#include "model.h"
#include "session.h"

/* "lockdep" (the default), "bench", "kasan": machines/config/VARIANT.config. */
#define BOOT_VARIANT "lockdep"

struct boot_image {
	char *image, *dtb; /* absolute; dtb NULL where the machine has none */
	uint64_t key;	   /* of all that it was made of */
	bool cached;	   /* nothing was compiled in this run */
	unsigned int seconds, objects; /* of its make, also where cached */
};

struct boot_kernel {
	struct boot_image legacy, converted;
	struct strvec units;   /* names of those that the second one has */
	struct strvec sources; /* what was compiled, but for include/; sorted */
	struct strvec lacking; /* symbols of NICs that are not in its .config */
};

/*
 * Can the machine's kernel be built and started here at all? 0, or -ENOENT
 * with the missing thing and its package in *why, which the caller frees.
 */
int bootkernel_probe(const struct session *s, const struct machine *mc,
		     char **why);
/*
 * Makes both kernels for a machine of the list; `units` are those that stand
 * converted in the second one, where it has them. 0; EXIT_UNIT_FAILED where
 * only the converted one can't be built; another exit code; each after a
 * message; or -EINTR. bootkernel_free() in any case. With s->dry_run the
 * commands are printed.
 */
int bootkernel_make(struct boot_kernel *k, const struct session *s,
		    const struct machines *ms, const struct machine *mc,
		    const char *variant, struct unit *const *units,
		    size_t unit_count);
void bootkernel_free(struct boot_kernel *k);
/* Is this file of the tree compiled into the kernel? */
bool bootkernel_has(const struct boot_kernel *k, const char *file);

#endif
