/* SPDX-License-Identifier: GPL-2.0-only */
/* checkpatch and get_maintainer over all patches of a series, several at once. */
#ifndef RXA_CHECKS_H
#define RXA_CHECKS_H

#include "commits.h"

/*
 * Fills in ->checkpatch, ->to and ->cc. What the unit's series.json holds
 * under the same ->check_key is taken from there. -errno, or 0; where a
 * script did not run, a warning says so and ->checkpatch stays NULL.
 */
int checks_run(struct commits *c, struct patch *patches, size_t n);

#endif
