/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts that look at a deferral ask of the tokens. */
#ifndef RXA_DEFERWORD_H
#define RXA_DEFERWORD_H

#include "csource.h"

/* A statement of its own, so that it can go without leaving a hole? */
bool stands_alone(const struct ctokens *ts, size_t from, size_t to);
/* "ifp" in f: is it declared "struct tag *ifp" there, and nothing else? */
bool is_pointer_to(const struct cfunc *f, const char *var, const char *tag);
/* Would the variable have no use left, were from..to not there? */
bool leaves_unused(const struct cfunc *f, const char *var, size_t from,
		   size_t to);
/* At "& var -> field": takes var and field over; both plain words. */
bool read_work(const struct ctokens *ts, size_t from, size_t to, char **var,
	       char **field);

#endif
