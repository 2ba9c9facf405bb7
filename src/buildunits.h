/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The units of one configuration: their objects as the tree has them, then
 * with the converted files in place, as many units at a time as have no object
 * in common.
 */
#ifndef RXA_BUILDUNITS_H
#define RXA_BUILDUNITS_H

#include "buildsetup.h"

/*
 * Builds the wanted units that have no result of today's input, and writes
 * their results. 0, an exit code after a message, or -EINTR.
 */
int build_units(struct build *b);

/*
 * All that goes before the first object, for those who make objects
 * themselves. As build_units().
 */
int build_set_up(struct build *b);
/* Of all that the unit's result depends on. */
uint64_t build_unit_key(struct build *b, const struct build_unit *u);

#endif
