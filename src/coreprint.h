/* SPDX-License-Identifier: GPL-2.0-only */
/* What `rxasync core` says of a tree and its series. */
#ifndef RXA_COREPRINT_H
#define RXA_COREPRINT_H

#include <stdio.h>

#include "coreapply.h"

/* Everything: the tree, each patch, the state, what to do. */
void core_print(const struct session *s, const struct core_fit *fit);
/* The state in a line; in several where patches do not apply. */
void core_print_short(FILE *out, const struct session *s,
		      const struct core_fit *fit);
/* After it was applied, and the tree probed again. */
void core_print_applied(const struct session *s, const struct core_fit *fit,
			const struct core_way *way);
/* The same as JSON; `way` is how it was applied, or NULL. */
void core_print_json(const struct session *s, const struct core_fit *fit,
		     const struct core_way *way);

#endif
