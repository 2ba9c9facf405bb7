/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registers that the callbacks' paths read, change and write back while
 * nothing but bottom halves off kept a softirq's write out: hazard H8.
 */
#ifndef RXA_RMW_H
#define RXA_RMW_H

#include "plan.h"

/* Notes doubts (hold.h) about the registers that the node updates. */
void find_register_updates(struct unit *u, const struct node *n);

#endif
