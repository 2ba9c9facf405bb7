/* SPDX-License-Identifier: GPL-2.0-only */
/* Macros that return from the function they stand in: "return args". */
#ifndef RXA_MACRORETURN_H
#define RXA_MACRORETURN_H

#include "cmodule.h"

/*
 * At the macro's name in "NAME();": would a value in the parentheses be what
 * is returned, whichever of the macros of that name it is?
 */
bool macro_return_takes_value(const struct cmodule *mod,
			      const struct csource *src, size_t tok);
/* Is that the function's last statement? */
bool macro_return_is_last(const struct cfunc *f, size_t tok);

#endif
