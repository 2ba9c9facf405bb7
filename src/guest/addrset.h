/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A set of Ethernet addresses.
 */
#ifndef ADDRSET_H
#define ADDRSET_H

#include <stdbool.h>
#include <stdint.h>

struct addrset {
	uint8_t (*addr)[6];
	int count;
	int room;
};

/* An address that is there already stays once. */
void addrset_add(struct addrset *set, const uint8_t *addr);
bool addrset_has(const struct addrset *set, const uint8_t *addr);
/* Frees the entries; the set is empty then. */
void addrset_clear(struct addrset *set);
/*
 * Whether both hold the same. Where not, the text says what is in one of them
 * only, the first ones with + (in b) and - (in a).
 */
bool addrset_same(const struct addrset *a, const struct addrset *b, char *text,
		  int size);

#endif
