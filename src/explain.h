/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a unit has its verdict: what the plan stands on, as data and as text,
 * each fact with its place, so that the wrong one can be pointed at.
 */
#ifndef RXA_EXPLAIN_H
#define RXA_EXPLAIN_H

#include "plan.h"

/*
 * The planned unit's "unit" (as unit_to_json()), "because", "path" (who calls
 * whom below the callbacks, with the uses of the lists), "unfollowed",
 * "callers", "changes", "not_seen" and "not_looked_for" (hazards), "sources"
 * and "may_override" (lines that would rule a refusal out, but for WHO: WHY).
 * The caller owns it.
 */
json_t *explain_unit(const struct unit *u);
/* The same for a terminal. */
void explain_print(struct strbuf *out, const json_t *explained);

#endif
