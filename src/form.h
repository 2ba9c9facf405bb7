/* SPDX-License-Identifier: GPL-2.0-only */
/* The form of the functions that change: parameters, returns, #ifdef. */
#ifndef RXA_FORM_H
#define RXA_FORM_H

#include "plan.h"

/* Refuses what keeps a rule from rewriting it, plans a callback's returns. */
void form_check(struct unit *u, struct plan_func *pf);
/* Notes the hazards of the returns, once it is known whether all is held. */
void form_note_returns(struct unit *u);

#endif
