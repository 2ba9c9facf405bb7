/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What only the plans show: units that need a helper of another module, and
 * units that change the same function, which are one.
 */
#ifndef RXA_REGROUP_H
#define RXA_REGROUP_H

#include "scan.h"

/* Joins units where needed, and plans anew what that changes. */
void regroup(struct session *s, struct scan *sc);

#endif
