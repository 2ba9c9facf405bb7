/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHURNOP_H
#define CHURNOP_H

#include "churndev.h"

/*
 * One worker of the churn, in a process of its own: so many rounds, each of
 * them one thing at random. Counts them in asked->done[].
 */
void churn_work(struct churn_asked *asked, int worker, long rounds,
		unsigned int seed);

#endif
