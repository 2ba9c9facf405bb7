/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does each commit of the series compile where it stands, on top of those
 * before it in its wave? What the unit's own build has shown is not compiled
 * again: the same files, and objects that no earlier commit has to do with.
 *
 * units/<unit>/commit.json: {"commit", "wave", "number", "result":
 * "pass|fail|not-built", "why", "compiled": [s]}, where "compiled" has
 * "ARCH CONFIG object" for each that had to be made.
 */
#ifndef RXA_BUILDCOMMITS_H
#define RXA_BUILDCOMMITS_H

#include "build.h"
#include "buildtree.h"

/*
 * Prints the sum. 0, EXIT_UNIT_FAILED, EXIT_UNTESTED where nothing passed,
 * EXIT_USAGE without a series, EXIT_ENVIRONMENT after a message; -EINTR.
 */
int build_commits(struct build_tree *tree, struct build_count *count);

#endif
