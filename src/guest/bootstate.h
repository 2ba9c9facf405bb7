/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel says about a device's receive filter.
 */
#ifndef BOOTSTATE_H
#define BOOTSTATE_H

#include <stdbool.h>

#include "nlink.h"

#define BOOTSTATE_NUMBERS 128

struct bootstate {
	/* Those of the rows' addresses that it has, by their numbers. */
	bool group[BOOTSTATE_NUMBERS];
	bool unicast[BOOTSTATE_NUMBERS];
	unsigned int promiscuity;
	unsigned int allmulti;
};

/* 0 or -errno. */
int bootstate_read(struct bootstate *st, struct nlink *nl, int index);
/* Whether exactly the first `count` are there, beside those of `before`. */
bool bootstate_first(const bool *numbers, int count, const bool *before);

#endif
