/* SPDX-License-Identifier: GPL-2.0-only */
/* What is known of the calls from outside the callbacks' paths. */
#ifndef RXA_CALLERS_H
#define RXA_CALLERS_H

#include "plan.h"

/* Notes the hazards of the unit's planned calls, once all are planned. */
void callers_note(struct unit *u);

#endif
