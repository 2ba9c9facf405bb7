/* SPDX-License-Identifier: GPL-2.0-only */
/* The rules for definitions and declarations of the functions that change. */
#ifndef RXA_RULESIGN_H
#define RXA_RULESIGN_H

#include "filler.h"
#include "plan.h"

/* Callbacks, their bodies where they are held, helpers. */
void rule_signatures(struct filler *f, const struct session *s,
		     const struct plan *p);
/* Function pointers in ops structs. */
void rule_members(struct filler *f, const struct plan *p);

#endif
