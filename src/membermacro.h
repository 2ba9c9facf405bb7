/* SPDX-License-Identifier: GPL-2.0-only */
/* Macros of the module through which a function pointer is called. */
#ifndef RXA_MEMBERMACRO_H
#define RXA_MEMBERMACRO_H

#include "member.h"

/*
 * Does the macro name the member, itself or through other macros, for anything
 * but to set it?
 */
bool member_macro_uses(const struct cmodule *mod, const struct cmacro *macro,
		       const char *member);
/*
 * A call of that macro with n arguments: does it nothing with the member but
 * to ask whether it is there, and to call it with the last of them, as they
 * come? *skip is how many are in front of those. With more arguments, it does
 * the same.
 */
bool member_macro_calls(const struct cmodule *mod, const struct cmacro *macro,
			const char *member, size_t n, size_t *skip);

/* Is "x->f" or ".f" at tok, which begins at start, asked whether it is there? */
bool member_is_test(const struct ctokens *ts, size_t start, size_t tok);

#endif
