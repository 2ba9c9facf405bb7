// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>

#include "bootrow.h"

const struct bootrow bootrow_nic[] = {
	{ "base",	      BOOT_KEEP,      0,    0,	 0 },
	{ "mc-join",	      BOOT_SET,	      1,    0,	 0 },
	{ "mc-leave",	      BOOT_SET,	      0,    0,	 0 },
	{ "mc-ioctl",	      BOOT_IOCTL,     1,    0,	 0 },
	{ "mc-ioctl-del",     BOOT_IOCTL,     0,    0,	 0 },
	{ "uc-join",	      BOOT_SET,	      0,    1,	 0 },
	{ "uc-leave",	      BOOT_SET,	      0,    0,	 0 },
	{ "uc-fdb",	      BOOT_FDB,	      0,    1,	 0 },
	{ "uc-fdb-del",	      BOOT_FDB,	      0,    0,	 0 },
	{ "uc-macvlan",	      BOOT_MACVLAN,   0,    1,	 0 },
	{ "uc-macvlan-del",   BOOT_MACVLAN,   0,    0,	 0 },
	{ "allmulti-flag",    BOOT_FLAG,      0,    0,	 BOOT_ALLMULTI },
	{ "allmulti-flag-off", BOOT_FLAG,     0,    0,	 0 },
	{ "allmulti-mreq",    BOOT_MREQ,      0,    0,	 BOOT_ALLMULTI },
	{ "allmulti-mreq-off", BOOT_MREQ,     0,    0,	 0 },
	{ "promisc-flag",     BOOT_FLAG,      0,    0,	 BOOT_PROMISC },
	{ "promisc-flag-off", BOOT_FLAG,      0,    0,	 0 },
	{ "promisc-mreq",     BOOT_MREQ,      0,    0,	 BOOT_PROMISC },
	{ "promisc-mreq-off", BOOT_MREQ,      0,    0,	 0 },
	{ "mixed-flags",      BOOT_FLAG,      0,    0,
	  BOOT_ALLMULTI | BOOT_PROMISC },
	{ "mixed-set",	      BOOT_SET,	      3,    2,
	  BOOT_ALLMULTI | BOOT_PROMISC },
	{ "mixed-allmulti",   BOOT_FLAG,      3,    2,	 BOOT_ALLMULTI },
	{ "mixed-off",	      BOOT_FLAG,      3,    2,	 0 },
	{ "mixed-flush",      BOOT_FLUSH,     0,    0,	 0 },
	{ "vlan",	      BOOT_VLAN,      1,    0,	 0 },
	{ "vlan-tagged",      BOOT_KEEP,      1,    0,	 BOOT_TAGGED },
	{ "vlan-addr",	      BOOT_VLAN_ADDR, 1,    1,	 0 },
	{ "vlan-del",	      BOOT_VLAN,      0,    0,	 0 },
	{ "mc-5",	      BOOT_SET,	      5,    0,	 0 },
	{ "mc-100",	      BOOT_SET,	      100,  0,	 0 },
	{ "mc-1000",	      BOOT_SET,	      1000, 0,	 0 },
	{ "mc-less",	      BOOT_SET,	      2,    0,	 0 },
	{ "mc-flush",	      BOOT_FLUSH,     0,    0,	 0 },
	{ "uc-4",	      BOOT_SET,	      0,    4,	 0 },
	{ "uc-40",	      BOOT_SET,	      0,    40,	 0 },
	{ "uc-100",	      BOOT_SET,	      0,    100, 0 },
	{ "uc-less",	      BOOT_SET,	      0,    2,	 0 },
	{ "uc-flush",	      BOOT_FLUSH,     0,    0,	 0 },
	{ "down-up",	      BOOT_DOWN_UP,   1,    1,	 0 },
	{ "down-set",	      BOOT_DOWN_SET,  3,    2,	 0 },
	{ "mtu",	      BOOT_MTU,	      3,    2,	 0 },
	{ "mtu-back",	      BOOT_MTU_BACK,  3,    2,	 0 },
	{ "nway",	      BOOT_NWAY,      3,    2,	 0 },
	{ "reset",	      BOOT_RESET,     3,    2,	 0 },
	{ "ring",	      BOOT_RING,      3,    2,	 0 },
	{ "pause",	      BOOT_PAUSE,     3,    2,	 0 },
	{ "csum",	      BOOT_CSUM,      3,    2,	 0 },
	{ "addr",	      BOOT_ADDR,      3,    2,	 0 },
	{ "addr-back",	      BOOT_ADDR_BACK, 3,    2,	 0 },
	{ "race",	      BOOT_RACE,      0,    0,	 0 },
	{ "race-set",	      BOOT_SET,	      2,    2,	 0 },
	{ "end",	      BOOT_SET,	      0,    0,	 0 },
	{ 0 },
};

const struct bootrow bootrow_soft[] = {
	{ "base",	      BOOT_KEEP,      0,    0,	 0 },
	{ "mc-join",	      BOOT_SET,	      1,    0,	 0 },
	{ "mc-leave",	      BOOT_SET,	      0,    0,	 0 },
	{ "mc-ioctl",	      BOOT_IOCTL,     1,    0,	 0 },
	{ "mc-ioctl-del",     BOOT_IOCTL,     0,    0,	 0 },
	{ "uc-join",	      BOOT_SET,	      0,    1,	 0 },
	{ "uc-leave",	      BOOT_SET,	      0,    0,	 0 },
	{ "allmulti-flag",    BOOT_FLAG,      0,    0,	 BOOT_ALLMULTI },
	{ "allmulti-flag-off", BOOT_FLAG,     0,    0,	 0 },
	{ "allmulti-mreq",    BOOT_MREQ,      0,    0,	 BOOT_ALLMULTI },
	{ "allmulti-mreq-off", BOOT_MREQ,     0,    0,	 0 },
	{ "promisc-flag",     BOOT_FLAG,      0,    0,	 BOOT_PROMISC },
	{ "promisc-flag-off", BOOT_FLAG,      0,    0,	 0 },
	{ "promisc-mreq",     BOOT_MREQ,      0,    0,	 BOOT_PROMISC },
	{ "promisc-mreq-off", BOOT_MREQ,      0,    0,	 0 },
	{ "mixed-flags",      BOOT_FLAG,      0,    0,
	  BOOT_ALLMULTI | BOOT_PROMISC },
	{ "mixed-set",	      BOOT_SET,	      3,    2,
	  BOOT_ALLMULTI | BOOT_PROMISC },
	{ "mixed-off",	      BOOT_FLAG,      3,    2,	 0 },
	{ "mixed-flush",      BOOT_FLUSH,     0,    0,	 0 },
	{ "mc-100",	      BOOT_SET,	      100,  0,	 0 },
	{ "uc-40",	      BOOT_SET,	      100,  40,	 0 },
	{ "flush",	      BOOT_FLUSH,     0,    0,	 0 },
	{ "down-up",	      BOOT_DOWN_UP,   1,    1,	 0 },
	{ "down-set",	      BOOT_DOWN_SET,  3,    2,	 0 },
	{ "lower-flap",	      BOOT_LOWER_FLAP, 3,   2,	 0 },
	{ "mtu",	      BOOT_MTU,	      3,    2,	 0 },
	{ "mtu-back",	      BOOT_MTU_BACK,  3,    2,	 0 },
	{ "race",	      BOOT_RACE,      0,    0,	 0 },
	{ "race-set",	      BOOT_SET,	      2,    2,	 0 },
	{ 0 },
};

/*
 * Chosen so that no row's groups share a bucket of the usual hashes with one
 * that must not arrive; test_bootrow looks at that.
 */
static void address(uint8_t *addr, uint8_t first, int number)
{
	static const uint8_t head[6] = { 0, 0x52, 0x01, 0, 0, 0 };

	memcpy(addr, head, 6);
	addr[0] = first;
	addr[4] = number >> 8;
	addr[5] = number;
}

#define NUMBER_NONE 0x7000

/* Not the last bytes of all hosts, nor those of the unicasts. */
void bootrow_group(uint8_t *addr, int number)
{
	address(addr, 0x03, number ^ 0x8000);
}

/* Some models look unicasts up in the groups' hash. */
void bootrow_unicast(uint8_t *addr, int number)
{
	address(addr, 0x02, number ^ 0x2000);
}

/* Which group or unicast a probe is, of so many. */
static int number_of(int probe, int count)
{
	switch (probe) {
	case BOOT_GROUP_MID:
	case BOOT_UNICAST_MID:
		return count > 2 ? count / 2 : 2;
	case BOOT_GROUP_LAST:
	case BOOT_UNICAST_LAST:
		return count > 1 ? count - 1 : 1;
	case BOOT_GROUP_NONE:
	case BOOT_UNICAST_NONE:
		return NUMBER_NONE;
	default:
		return 0;
	}
}

void bootrow_probes(const struct bootrow *row, const uint8_t *own,
		    const uint8_t *former, uint8_t (*addr)[6])
{
	memcpy(addr[BOOT_OWN], own, 6);
	memset(addr[BOOT_BROADCAST], 0xff, 6);
	for (int i = BOOT_GROUP_FIRST; i <= BOOT_GROUP_NONE; i++)
		bootrow_group(addr[i], number_of(i, row->mc));
	for (int i = BOOT_UNICAST_FIRST; i <= BOOT_UNICAST_NONE; i++)
		bootrow_unicast(addr[i], number_of(i, row->uc));
	if (former)
		memcpy(addr[BOOT_UNICAST_NONE], former, 6);
}

/* Hashes are judged where few buckets are taken. */
#define HASH_FEW 5
/* Groups that the kernel joins itself: all hosts. */
#define OWN_GROUPS 1

/* Of a group that was not joined. */
static char want_group(const struct bootrow *row,
		       const struct bootplan_nic *nic)
{
	if (row->flags & BOOT_ALLMULTI)
		return nic->allmulti ? '1' : 'x';
	if (nic->uc >= 0 && row->uc > nic->uc)
		return 'x';
	if (nic->mc == BOOTPLAN_NONE)
		return 'x';
	if (nic->mc == BOOTPLAN_HASH)
		return row->mc > HASH_FEW ? 'x' : '0';
	if (nic->mc >= 0 && row->mc + OWN_GROUPS > nic->mc)
		return 'x';
	return '0';
}

/* Of a unicast that is not there. */
static char want_unicast(const struct bootrow *row,
			 const struct bootplan_nic *nic)
{
	if (row->flags & BOOT_ALLMULTI && !nic->allmulti)
		return 'x';
	if (nic->uc == BOOTPLAN_HASH)
		return row->uc || row->mc > HASH_FEW ? 'x' : '0';
	if (nic->uc == BOOTPLAN_NONE)
		return nic->mc == BOOTPLAN_NONE ? 'x' : '0';
	/* Too many groups may take more than allmulti. */
	if (nic->mc >= 0 && row->mc + OWN_GROUPS > nic->mc)
		return 'x';
	return row->uc > nic->uc ? 'x' : '0';
}

static void fill(const struct bootrow *row, char group, char unicast,
		 char *want)
{
	want[BOOT_OWN] = want[BOOT_BROADCAST] = '1';
	for (int i = BOOT_GROUP_FIRST; i <= BOOT_GROUP_NONE; i++)
		want[i] = number_of(i, row->mc) < row->mc ? '1' : group;
	for (int i = BOOT_UNICAST_FIRST; i <= BOOT_UNICAST_NONE; i++)
		want[i] = number_of(i, row->uc) < row->uc ? '1' : unicast;
	want[BOOT_PROBES] = '\0';
}

void bootrow_want(const struct bootrow *row, const struct bootplan_nic *nic,
		  char *want)
{
	/* Without a filter for it, the core goes promiscuous. */
	bool promisc = row->flags & BOOT_PROMISC ||
		       (nic->uc == BOOTPLAN_NONE && row->uc);
	char all = nic->promisc ? '1' : 'x';

	if (promisc)
		fill(row, all, all, want);
	else
		fill(row, want_group(row, nic), want_unicast(row, nic), want);
	for (int i = BOOT_GROUP_FIRST; i <= BOOT_GROUP_NONE; i++)
		if (promisc && nic->promisc_unicast)
			want[i] = 'x';
}

void bootrow_want_above(const struct bootrow *row, char *want)
{
	fill(row, 'x', 'x', want);
}
