/* SPDX-License-Identifier: GPL-2.0-only */
/* A semantic patch that is put together from cocci/pieces. */
#ifndef RXA_FILLER_H
#define RXA_FILLER_H

#include "util.h"

/* A text with its ${names} and what stands for them. */
struct filler {
	struct strbuf *out;
	const char *dir;
	int number;
	const char *names[16], *values[16];
	size_t count;
	int error;
};

/* What stands for ${name} in the next piece; the strings must live till then. */
void filler_set(struct filler *f, const char *name, const char *value);
/* Adds the piece of that name with what was set; an error is kept, and said. */
void filler_piece(struct filler *f, const char *name);

#endif
