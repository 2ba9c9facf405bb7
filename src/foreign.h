/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls on the callbacks' paths that leave the module. */
#ifndef RXA_FOREIGN_H
#define RXA_FOREIGN_H

#include "model.h"

/*
 * Refuses the unit where a function of another module is given the device, or
 * its private part: it may do anything with the lists. Behind a member, it may
 * be one in the same folder that uses none.
 */
void foreign_find(struct unit *u);

#endif
