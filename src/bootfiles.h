/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that stand in a shadow for those of the tree while a kernel is made,
 * so that make compiles what changed and no more. What an O= was last made of
 * is kept in it: a file that differs from that is newer than all objects, one
 * that doesn't keeps its time.
 */
#ifndef RXA_BOOTFILES_H
#define RXA_BOOTFILES_H

#include <time.h>

#include "util.h"

struct boot_file {
	char *path; /* inside the tree */
	char *text;
	size_t len;
	uint64_t hash;
	struct timespec time; /* of the file in the shadow */
};

struct boot_files {
	struct boot_file *v;
	size_t n, cap;
};

/* The text of the file `from`; in place of an earlier one. -errno. */
int boot_files_add(struct boot_files *f, const char *path, const char *from);
/*
 * The text of `from` behind what stands for the path, or behind the tree's
 * own. -errno.
 */
int boot_files_append(struct boot_files *f, const char *tree, const char *path,
		      const char *from);
/* Of paths and texts. */
uint64_t boot_files_hash(const struct boot_files *f);
void boot_files_free(struct boot_files *f);

/*
 * Puts them into the shadow. Paths that stood there for this O= before and are
 * not among them have the tree's text again, and are added. -errno.
 */
int boot_files_put(struct boot_files *f, const char *shadow, const char *tree,
		   const char *obj);
/* The paths that stood there for this O= before. */
void boot_files_before(const char *obj, struct strvec *paths);
/* The O= was made of them. -errno. */
int boot_files_made(const struct boot_files *f, const char *obj);
/* The shadow is the tree again. -errno. */
int boot_files_restore(const struct boot_files *f, const char *shadow,
		       const char *tree);

#endif
