// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../bootrow.h"
#include "bootstate.h"

static void mark(bool *numbers, const uint8_t *addr,
		 void (*address)(uint8_t *addr, int number))
{
	uint8_t wanted[6];

	for (int i = 0; i < BOOTSTATE_NUMBERS; i++) {
		address(wanted, i);
		if (!memcmp(addr, wanted, 6))
			numbers[i] = true;
	}
}

static void take_unicast(const uint8_t *addr, void *arg)
{
	mark(arg, addr, bootrow_unicast);
}

static bool read_hex(const char *text, uint8_t *addr)
{
	unsigned int n;

	for (int i = 0; i < 6; i++) {
		if (sscanf(text + 2 * i, "%2x", &n) != 1)
			return false;
		addr[i] = n;
	}
	return true;
}

/* Lines of the index, the name, two counts and the address. */
static int read_groups(struct bootstate *st, int index)
{
	FILE *f = fopen("/proc/net/dev_mcast", "re");
	char line[256], hex[128];
	uint8_t addr[6];
	int dev;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%d %*s %*d %*d %127s", &dev, hex) == 2 &&
		    dev == index && strlen(hex) == 12 && read_hex(hex, addr))
			mark(st->group, addr, bootrow_group);
	fclose(f);
	return 0;
}

int bootstate_read(struct bootstate *st, struct nlink *nl, int index)
{
	struct nlink_info info;
	int err;

	memset(st, 0, sizeof(*st));
	err = nlink_info(nl, index, &info);
	if (err)
		return err;
	st->promiscuity = info.promiscuity;
	st->allmulti = info.allmulti;
	err = read_groups(st, index);
	return err ? err : nlink_fdb_dump(nl, index, take_unicast, st->unicast);
}

bool bootstate_first(const bool *numbers, int count, const bool *before)
{
	for (int i = 0; i < BOOTSTATE_NUMBERS; i++)
		if (numbers[i] != (i < count || before[i]))
			return false;
	return true;
}
