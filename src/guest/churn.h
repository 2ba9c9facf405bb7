/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHURN_H
#define CHURN_H

/*
 * Several processes change addresses, groups, flags and devices at random, in
 * `rounds` rounds together, while callbacks sleep and fail. When all is quiet,
 * filters and lists must be what was asked for. The stress module is loaded,
 * and dummy too. Prints KTAP results.
 */
void churn_run(long rounds, unsigned int seed);

#endif
