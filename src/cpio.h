/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An archive for the kernel's initramfs: cpio's "newc" format, uncompressed.
 * All belongs to root and has no time, so that the same input gives the same
 * bytes. Paths have no slash in front; a folder comes before what is in it.
 */
#ifndef RXA_CPIO_H
#define RXA_CPIO_H

#include "util.h"

struct cpio {
	struct strbuf out;
	unsigned int inode;
};

void cpio_dir(struct cpio *c, const char *path);
/* mode: the permissions. */
void cpio_file(struct cpio *c, const char *path, unsigned int mode,
	       const void *data, size_t len);
/* A character device. */
void cpio_node(struct cpio *c, const char *path, unsigned int major,
	       unsigned int minor);
/* The trailer, without which it is none. */
void cpio_end(struct cpio *c);
void cpio_free(struct cpio *c);

#endif
