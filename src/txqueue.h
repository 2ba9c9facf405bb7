/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kept the callback and the transmit path apart: hazard H9, a callback
 * that stops or wakes transmit queues, and index registers.
 */
#ifndef RXA_TXQUEUE_H
#define RXA_TXQUEUE_H

#include "plan.h"

/*
 * Is it proved that the call at `tok` of the node needs no bottom halves off?
 * Then the hazard is noted as ruled out, with why. `what` says what it does.
 */
bool queues_are_safe(struct unit *u, const struct node *n, size_t tok,
		     const char *what);

/*
 * Hazard H8 on one CPU: an index register (bank, page, address port) that the
 * path sets without a lock, and that transmit, NAPI, a timer or a tasklet of
 * the module sets as well. Bottom halves off kept the two apart; refused.
 */
void find_index_registers(struct unit *u, const struct node *n);

/*
 * The lock with bottom halves or interrupts off that is held at the token of
 * the node, by it or by the only one that calls it; or NULL. The caller frees
 * it.
 */
char *held_on_path(const struct graph *g, const struct node *n, size_t tok);

#endif
