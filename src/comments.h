/* SPDX-License-Identifier: GPL-2.0-only */
/* Hazard H26: comments that describe the old callback. */
#ifndef RXA_COMMENTS_H
#define RXA_COMMENTS_H

#include "plan.h"

/* Notes the comments in and above the planned functions that may be stale. */
void find_stale_comments(struct unit *u);

#endif
