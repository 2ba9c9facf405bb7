/* SPDX-License-Identifier: GPL-2.0-only */
/* The unit's semantic patch: the pieces of cocci/pieces, filled by its plan. */
#ifndef RXA_RULE_H
#define RXA_RULE_H

#include "plan.h"

/*
 * The whole text of convert.cocci. -errno where a piece can't be read, after
 * a message.
 */
int rule_make(struct strbuf *out, const struct session *s,
	      const struct unit *u);
/* What it does, in a few lines for a log. */
void rule_describe(struct strbuf *out, const struct session *s,
		   const struct unit *u);

#endif
