/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernels that were built, kept by key: <dir>/<key>/<path of the image in O=>,
 * and made.json beside it. Whole folders come and go by rename.
 */
#ifndef RXA_BOOTIMAGE_H
#define RXA_BOOTIMAGE_H

#include "util.h"

struct boot_made {
	unsigned int seconds, objects;
	struct strvec sources, lacking; /* as in struct boot_kernel */
};

/* 0, or -ENOENT where there is none of this key. */
int boot_image_load(const char *dir, uint64_t key, struct boot_made *made);
/*
 * Keeps these files of the O= under the key; older kernels beyond some dozens
 * go. -errno.
 */
int boot_image_store(const char *dir, uint64_t key, const char *obj,
		     const struct strvec *files, const struct boot_made *made);
/* The caller frees it. */
char *boot_image_path(const char *dir, uint64_t key, const char *file);
void boot_made_free(struct boot_made *made);

/*
 * What the O= was compiled of, tree-relative and sorted, but for headers in
 * folders named include.
 */
void boot_image_sources(const char *obj, struct strvec *sources);

#endif
