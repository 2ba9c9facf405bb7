/* SPDX-License-Identifier: GPL-2.0-only */
/* Variables that are but another name for a list. */
#ifndef RXA_ALIAS_H
#define RXA_ALIAS_H

#include "plan.h"

/*
 * The variable that is set to the list at that use, once and for all, and can
 * go; or NULL. The caller frees it.
 */
char *alias_of(const struct plan *p, const struct plan_func *pf,
	       const struct list_use *use);

#endif
