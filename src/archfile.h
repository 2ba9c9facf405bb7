/* SPDX-License-Identifier: GPL-2.0-only */
/* The architectures that we can compile for: arch/NAME.arch, see arch/README. */
#ifndef RXA_ARCHFILE_H
#define RXA_ARCHFILE_H

#include "util.h"

struct archfile {
	char *name;		/* as in ARCH= */
	char *package, *cross;	/* NULL where the machine's own gcc does */
	struct strvec native;	/* names of machines as uname -m has them */
	struct strvec elf;	/* e_machine, decimal; any where it is empty */
	struct strvec sets;	/* words for make */
	struct strvec configs;	/* lines for the .config */
	int cost;
	bool clang;
};

/* From the file of that name, or NULL; a bad line is told. */
struct archfile *archfile_read(const char *name);
/* The same from a text. */
struct archfile *archfile_parse(const char *name, const char *text);
void archfile_free(struct archfile *a);
/* The names of all files: what needs no cross compiler, then by cost. */
void archfile_names(struct strvec *names);

/* CROSS_COMPILE= on this machine; "" where its own compiler does. */
const char *archfile_cross(const struct archfile *a);
/* Is it the e_machine of an object for the architecture? */
bool archfile_made(const struct archfile *a, unsigned int e_machine);

#endif
