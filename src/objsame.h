/* SPDX-License-Identifier: GPL-2.0-only */
/* Do two places in two objects hold the same? Private to objdiff.c. */
#ifndef RXA_OBJSAME_H
#define RXA_OBJSAME_H

#include "objdiff.h"

struct objpair {
	const struct objfile *a, *b;
	const struct objlines *lines;
	size_t *work;	/* ranges compared so far: broken objects may go round */
};

/* `size` bytes at each place with their relocations. */
bool obj_same_code(const struct objpair *p, size_t sec_a, uint64_t at_a,
		   size_t sec_b, uint64_t at_b, uint64_t size);
bool obj_same_data(const struct objpair *p, size_t sec_a, uint64_t at_a,
		   size_t sec_b, uint64_t at_b, uint64_t size);

/* "f" of "f.cold" and "__cfi_f"; points into the name, with its length. */
const char *obj_base_name(const char *name, size_t *len);

#endif
