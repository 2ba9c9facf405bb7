/* SPDX-License-Identifier: GPL-2.0-only */
/* The class of an assignment: where on the callback's path the lists are. */
#ifndef RXA_CLASS_H
#define RXA_CLASS_H

#include "plan.h"

/* Sets the class of each of the unit's assignments, by its graph. */
void class_decide(struct unit *u);

#endif
