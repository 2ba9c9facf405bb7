/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files change together: those of one module, those that name a callback
 * which another file defines, those that include one source.
 */
#ifndef RXA_GROUP_H
#define RXA_GROUP_H

#include "csource.h"
#include "kmakefile.h"
#include "ndouse.h"

struct group_file {
	struct csource *src;
	struct ndo_uses uses;
	char *module;		/* "dir/module", or the path where none */
	size_t group;		/* index of the group's first file */
};

/* Sets ->module and ->group of each of the files. */
void group_files(struct group_file *files, size_t n, struct kmakefile_db *db);
/* A name for the group that begins at `first`; the caller frees it. */
char *group_name(const struct group_file *files, size_t n, size_t first);

#endif
