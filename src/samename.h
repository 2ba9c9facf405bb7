/* SPDX-License-Identifier: GPL-2.0-only */
/* Static functions of one name in several files of a module. */
#ifndef RXA_SAMENAME_H
#define RXA_SAMENAME_H

#include "model.h"

/*
 * Rules go by the names of functions: refuses the unit where two of one name
 * would not get the same. For when the calls are planned.
 */
void same_names_check(struct unit *u);

#endif
