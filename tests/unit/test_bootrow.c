// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include "bootrow.h"

static const uint8_t own[6] = { 0x52, 0x54, 0, 0x12, 0x34, 0x56 };

static const struct bootrow *row(const char *name)
{
	for (const struct bootrow *r = bootrow_nic; r->name; r++)
		if (!strcmp(r->name, name))
			return r;
	return NULL;
}

static const struct bootplan_nic full = {
	.uc = 14, .mc = BOOTPLAN_EXACT, .allmulti = true, .promisc = true,
};
static const struct bootplan_nic hash = {
	.uc = BOOTPLAN_NONE, .mc = BOOTPLAN_HASH, .allmulti = true,
	.promisc = true,
};
static const struct bootplan_nic open_to_all = {
	.uc = BOOTPLAN_NONE, .mc = BOOTPLAN_NONE, .allmulti = true,
	.promisc = true,
};
static const struct bootplan_nic small = {
	.uc = BOOTPLAN_HASH, .mc = 14, .allmulti = false, .promisc = false,
};
static const struct bootplan_nic no_groups = {
	.uc = BOOTPLAN_NONE, .mc = 15, .allmulti = true, .promisc = true,
	.promisc_unicast = true,
};

/* own broadcast, groups first mid last none, unicasts likewise */
static void test_want(void)
{
	static const struct {
		const char *row;
		const struct bootplan_nic *nic;
		const char *want, *why;
	} cases[] = {
		{ "base", &full, "1100000000", "nothing is asked for" },
		{ "mc-join", &full, "1110000000", "one group" },
		{ "uc-fdb", &full, "1100001000", "one unicast" },
		{ "allmulti-flag", &full, "1111110000", "all groups" },
		{ "promisc-mreq", &full, "1111111111", "all" },
		{ "mixed-off", &full, "1111101010", "three and two" },
		{ "mc-5", &full, "1111100000", "five groups" },
		{ "mc-1000", &full, "1111100000", "exact for any number" },
		{ "uc-4", &full, "1100001110", "four unicasts" },
		{ "uc-40", &full, "11xxxx111x", "more than it can hold" },
		{ "base", &hash, "1100000000", "an empty hash" },
		{ "mc-5", &hash, "1111100000", "few in a hash" },
		{ "mc-100", &hash, "11111x0000", "many in a hash" },
		{ "uc-fdb", &hash, "1111111111", "no unicast filter" },
		{ "mc-less", &hash, "1110100000", "few again" },
		{ "base", &open_to_all, "11xxxxxxxx", "no filter at all" },
		{ "mc-5", &open_to_all, "11111xxxxx", "with groups" },
		{ "promisc-flag", &open_to_all, "1111111111", "promiscuous" },
		{ "mc-5", &small, "1111100000", "within the table" },
		{ "mc-100", &small, "11111xxxxx", "beyond the table" },
		{ "uc-4", &small, "110000111x", "unicasts in a hash" },
		{ "allmulti-flag", &small, "11xxxxxxxx", "can't do it" },
		{ "promisc-flag", &small, "11xxxxxxxx", "can't do that" },
		{ "promisc-flag", &no_groups, "11xxxx1111", "no groups" },
		{ "mixed-set", &no_groups, "11xxxx1111", "nor those joined" },
		{ "mc-join", &no_groups, "1110000000", "else as all others" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct bootrow *r = row(cases[i].row);
		char want[BOOT_PROBES + 1];

		bootrow_want(r, cases[i].nic, want);
		is(want, cases[i].want, "%s: %s", cases[i].row, cases[i].why);
	}
}

static void test_above(void)
{
	char want[BOOT_PROBES + 1];

	bootrow_want_above(row("base"), want);
	is(want, "11xxxxxxxx", "above: its own");
	bootrow_want_above(row("mixed-off"), want);
	is(want, "11111x1x1x", "above: all that it joined");
}

/* As many hashes of groups as chips have: bits of the CRC of either order. */
static uint32_t crc_le(const uint8_t *addr)
{
	uint32_t crc = ~0u;

	for (int i = 0; i < 48; i++) {
		uint32_t bit = (addr[i / 8] >> i % 8 ^ crc) & 1;

		crc = crc >> 1 ^ (bit ? 0xedb88320 : 0);
	}
	return crc;
}

static uint32_t turn(uint32_t value)
{
	uint32_t turned = 0;

	for (int i = 0; i < 32; i++)
		turned |= (value >> i & 1) << (31 - i);
	return turned;
}

static uint32_t bucket(const uint8_t *addr, int kind)
{
	uint32_t le = crc_le(addr), be = turn(le);

	switch (kind) {
	case 0:
		return be >> 26;
	case 1:
		return be & 63;
	case 2:
		return le >> 26;
	case 3:
		return le & 63;
	default: /* bits of the address itself */
		return (addr[4] >> 4 | addr[5] << 4) & 0xfff;
	}
}

static bool meets(const uint8_t *addr, const struct bootrow *r, int kind)
{
	static const uint8_t all_hosts[6] = { 1, 0, 0x5e, 0, 0, 1 };
	static const uint8_t broadcast[6] = { 255, 255, 255, 255, 255, 255 };
	uint8_t joined[6];
	uint32_t b = bucket(addr, kind);

	for (int i = 0; i < r->mc; i++) {
		bootrow_group(joined, i);
		if (bucket(joined, kind) == b)
			return true;
	}
	return b == bucket(all_hosts, kind) || b == bucket(broadcast, kind);
}

/* What a hash is judged by must not share a bucket with what is joined. */
static void test_buckets(void)
{
	for (const struct bootrow *r = bootrow_nic; r->name; r++) {
		uint8_t addr[BOOT_PROBES][6];
		char want[BOOT_PROBES + 1];
		int met = 0;

		bootrow_want(r, &hash, want);
		bootrow_probes(r, own, NULL, addr);
		for (int i = BOOT_GROUP_FIRST; i < BOOT_PROBES; i++)
			for (int k = i <= BOOT_GROUP_NONE ? 0 : 4; k < 5; k++)
				met += want[i] == '0' && meets(addr[i], r, k);
		ok(!met, "%s: what must not arrive has its own buckets",
		   r->name);
	}
}

static void test_probes(void)
{
	static const uint8_t former[6] = { 2, 3, 4, 5, 6, 7 };
	uint8_t addr[BOOT_PROBES][6], group[6], unicast[6];
	const struct bootrow *r = row("mc-1000");

	bootrow_probes(r, own, NULL, addr);
	ok(!memcmp(addr[BOOT_OWN], own, 6), "its own");
	bootrow_group(group, 999);
	ok(!memcmp(addr[BOOT_GROUP_LAST], group, 6), "the last group");
	ok(addr[BOOT_GROUP_LAST][0] & 1, "is a group");
	ok(!(addr[BOOT_UNICAST_LAST][0] & 1), "a unicast is none");
	bootrow_unicast(unicast, 0);
	ok(!memcmp(addr[BOOT_UNICAST_FIRST], unicast, 6), "the first unicast");
	bootrow_probes(r, own, former, addr);
	ok(!memcmp(addr[BOOT_UNICAST_NONE], former, 6), "the former address");

	for (int i = 0; i < BOOT_PROBES; i++) {
		int twice = 0;

		for (int j = 0; j < i; j++)
			twice += !memcmp(addr[i], addr[j], 6);
		ok(!twice, "address %d is there once", i);
	}
}

static void test_names(const struct bootrow *rows, int least, const char *what)
{
	int count = 0, twice = 0;

	for (const struct bootrow *r = rows; r->name; r++, count++)
		for (const struct bootrow *q = rows; q < r; q++)
			twice += !strcmp(r->name, q->name);
	ok(count >= least, "%s: at least %d rows", what, least);
	ok(!twice, "%s: no name twice", what);
}

int main(void)
{
	test_want();
	test_above();
	test_buckets();
	test_probes();
	test_names(bootrow_nic, 25, "NICs");
	test_names(bootrow_soft, 20, "software devices");
	return done_testing();
}
