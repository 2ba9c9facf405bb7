/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's Kbuild Makefiles: which object and module a source file ends
 * up in, and which CONFIG symbols switch it on. Read from the text; make is
 * not run, all branches of conditionals count.
 */
#ifndef RXA_KMAKEFILE_H
#define RXA_KMAKEFILE_H

#include "util.h"

/* One way in which a source file gets built. */
struct kobject {
	char *object;		/* "drivers/net/dummy.o" */
	char *module;		/* "dummy", as the Makefile spells it */
	char *config;		/* "CONFIG_DUMMY"; NULL for obj-y */
	/*
	 * All symbols that must be on: the module's own, those of conditional
	 * members (foo-$(CONFIG_Y)) and of ifdef/ifeq around the lines, then
	 * those of the folders up to the top.
	 */
	struct strvec configs;
	/* The .c files of that module, tree-relative, in Makefile order. */
	struct strvec sources;
	/*
	 * The next way: another module that shares the object, or the same
	 * one by another symbol. NULL at the end.
	 */
	struct kobject *next;
};

struct kmakefile_db;

/* Makefiles of this kernel tree, each parsed once when first needed. */
struct kmakefile_db *kmakefile_open(const char *tree);
void kmakefile_close(struct kmakefile_db *db);

/*
 * How a .c or .S file of the tree (path inside it) gets built. NULL where it
 * has no object of its own: a header, a file that others #include, one that
 * no Makefile names. The result belongs to the db; the same path gives the
 * same pointer.
 */
const struct kobject *kmakefile_lookup(struct kmakefile_db *db,
				       const char *path);

#endif
