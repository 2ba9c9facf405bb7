/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fields of machine instructions that need not be the same in two objects
 * made of the same code: how far a call inside the section goes, for which the
 * assembler leaves no relocation, and plain numbers, which may be line
 * numbers.
 */
#ifndef RXA_OBJINSN_H
#define RXA_OBJINSN_H

#include "objfile.h"

struct obj_field {
	size_t from, to;	/* bytes of the code, to excluded */
	bool branch;		/* else a number */
	uint64_t value;		/* the branch's target in the section */
	uint64_t rest;		/* what else is in these bytes */
};

/*
 * The k-th way to read the byte at `at` as part of such a field; `code` begins
 * at `base` of its section. False where there are no more ways. A way that
 * does not fit gives an empty field.
 */
bool objinsn_field(const struct objfile *o, const unsigned char *code,
		   size_t size, uint64_t base, size_t at, unsigned k,
		   struct obj_field *f);

/* Is the machine one of those that were tried? */
bool objinsn_knows(const struct objfile *o);

#endif
