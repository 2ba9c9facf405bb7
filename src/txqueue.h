/* SPDX-License-Identifier: GPL-2.0-only */
/* Hazard H9: a callback that stops or wakes transmit queues. */
#ifndef RXA_TXQUEUE_H
#define RXA_TXQUEUE_H

#include "plan.h"

/*
 * Is it proved that the call at `tok` of the node needs no bottom halves off?
 * Then the hazard is noted as ruled out, with why. `what` says what it does.
 */
bool queues_are_safe(struct unit *u, const struct node *n, size_t tok,
		     const char *what);

#endif
