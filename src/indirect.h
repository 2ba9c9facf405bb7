/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls through pointers on the callbacks' paths. */
#ifndef RXA_INDIRECT_H
#define RXA_INDIRECT_H

#include "model.h"

/*
 * Refuses the unit where lists are used behind a pointer that could not be
 * followed, and says why it could not.
 */
void indirect_find(struct unit *u);

#endif
