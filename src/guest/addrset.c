// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "addrset.h"

/* Where the address is, or has to go; the entries are in order. */
static int place(const struct addrset *set, const uint8_t *addr)
{
	int low = 0, high = set->count;

	while (low < high) {
		int mid = low + (high - low) / 2;

		if (memcmp(set->addr[mid], addr, 6) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool addrset_has(const struct addrset *set, const uint8_t *addr)
{
	int at = place(set, addr);

	return at < set->count && !memcmp(set->addr[at], addr, 6);
}

void addrset_add(struct addrset *set, const uint8_t *addr)
{
	int at = place(set, addr);

	if (at < set->count && !memcmp(set->addr[at], addr, 6))
		return;
	if (set->count == set->room) {
		set->room = set->room ? 2 * set->room : 16;
		set->addr = realloc(set->addr,
				    set->room * sizeof(*set->addr));
		if (!set->addr)
			abort();
	}
	memmove(set->addr[at + 1], set->addr[at], (set->count - at) * 6);
	memcpy(set->addr[at], addr, 6);
	set->count++;
}

void addrset_clear(struct addrset *set)
{
	free(set->addr);
	memset(set, 0, sizeof(*set));
}

/* Returns how many of a are not in b; the first go to the text. */
static int without(const struct addrset *a, const struct addrset *b, char sign,
		   char *text, int size)
{
	int i, n = 0;

	for (i = 0; i < a->count; i++) {
		const uint8_t *m = a->addr[i];
		int len = strlen(text);

		if (addrset_has(b, m))
			continue;
		n++;
		if (len + 20 < size)
			snprintf(text + len, size - len,
				 " %c%02x:%02x:%02x:%02x:%02x:%02x", sign, m[0],
				 m[1], m[2], m[3], m[4], m[5]);
	}
	return n;
}

bool addrset_same(const struct addrset *a, const struct addrset *b, char *text,
		  int size)
{
	int n;

	text[0] = '\0';
	n = without(a, b, '-', text, size);
	n += without(b, a, '+', text, size);
	return !n;
}
