/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls of ndo_set_rx_mode through the ops struct: left as they are, they would
 * be NULL calls. The new operation is called so where the device is one of the
 * module's own and rtnl is held.
 */
#ifndef RXA_NDOCALL_H
#define RXA_NDOCALL_H

#include "plan.h"

/* Plans them, or refuses; after it is decided whether callbacks are held. */
void ndo_calls_find(struct unit *u);

#endif
