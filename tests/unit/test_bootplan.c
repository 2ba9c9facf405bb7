// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <errno.h>

#include "bootplan.h"

static void test_all_words(void)
{
	static const char text[] =
		"# a plan\n"
		"scale 4\n"
		"\n"
		"jobs 3\n"
		"nic one mac=52:54:00:0a:BC:ff driver=e1000 uc=14 mc=hash"
		" allmulti=no promisc=no rows=base,mc-5 skip=race gaps=addr,mtu\r\n"
		"  nic two\tdriver=smc91x uc=hash mc=exact\n"
		"nic three mac=2:0:0:0:0:1\n"
		"soft veth\n"
		"soft bond over two rows=base skip=mtu";
	static const uint8_t mac[6] = { 0x52, 0x54, 0, 0x0a, 0xbc, 0xff };
	const struct bootplan_nic *nic;
	struct bootplan p;
	char why[64] = "";

	ok(!bootplan_parse(&p, text, why, sizeof(why)), "a whole plan");
	is(why, "", "nothing wrong");
	ok(p.scale == 4 && p.jobs == 3 && p.nics == 3 && p.softs == 2,
	   "all of it");
	nic = &p.nic[0];
	is(nic->name, "one", "name");
	is(nic->driver, "e1000", "driver");
	ok(nic->has_mac && !memcmp(nic->mac, mac, 6), "mac");
	ok(nic->uc == 14 && nic->mc == BOOTPLAN_HASH, "uc, mc");
	ok(!nic->allmulti && !nic->promisc, "allmulti, promisc");
	is(nic->rows, "base,mc-5", "rows");
	is(nic->skip, "race", "skip");
	is(nic->gaps, "addr,mtu", "gaps");
	nic = &p.nic[1];
	ok(!nic->has_mac && nic->uc == BOOTPLAN_HASH &&
	   nic->mc == BOOTPLAN_EXACT, "the second NIC");
	is(nic->rows, "all", "all rows where nothing is said");
	nic = &p.nic[2];
	is(nic->driver, "", "no driver");
	ok(nic->uc == BOOTPLAN_NONE && nic->mc == BOOTPLAN_NONE &&
	   nic->allmulti && nic->promisc && !nic->promisc_unicast,
	   "what is not said");
	is(p.soft[0].kind, "veth", "a device on its own");
	ok(p.soft[0].nic == -1 && !*p.soft[0].over, "has nothing below");
	ok(p.soft[1].nic == 1, "the other has a NIC");
	is(p.soft[1].skip, "mtu", "skip");
	bootplan_free(&p);
}

static void test_wrong(void)
{
	static const struct {
		const char *text, *why;
	} wrong[] = {
		{ "nix", "line 1: unknown word nix" },
		{ "scale 0", "line 1: scale wants a number from 1 to 100" },
		{ "scale", "line 1: scale wants a number from 1 to 100" },
		{ "\njobs 2 2", "line 2: jobs wants a number from 1 to 100" },
		{ "scale 4x", "line 1: scale wants a number from 1 to 100" },
		{ "nic", "line 1: a NIC has no name" },
		{ "nic a", "line 1: NIC a has neither mac= nor driver=" },
		{ "nic a mac=1:2:3:4:5", "line 1: mac=1:2:3:4:5" },
		{ "nic a mac=1:2:3:4:5:6:7", "line 1: mac=1:2:3:4:5:6:7" },
		{ "nic a mac=1:2:3:4:5:678", "line 1: mac=1:2:3:4:5:678" },
		{ "nic a mac=1:2:3:4:5:", "line 1: mac=1:2:3:4:5:" },
		{ "nic a driver=b uc=exact", "line 1: uc=exact" },
		{ "nic a driver=b mc=-1", "line 1: mc=-1" },
		{ "nic a driver=b promisc=maybe", "line 1: promisc=maybe" },
		{ "nic a driver=b what=ever", "line 1: what=ever" },
		{ "nic a driver=b what", "line 1: what" },
		{ "nic a driver=b\nnic a driver=c", "line 2: NIC a twice" },
		{ "soft", "line 1: a software device has no kind" },
		{ "soft bond over", "line 1: over what?" },
		{ "soft bond over a", "line 1: no NIC a above" },
		{ "soft bond under a", "line 1: under" },
		{ "soft bond mac=1", "line 1: mac=1" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct bootplan p;
		char why[64] = "";

		ok(bootplan_parse(&p, wrong[i].text, why, sizeof(why)) ==
		   -EINVAL, "refused: %.20s", wrong[i].why);
		is(why, wrong[i].why, "and why");
		bootplan_free(&p);
	}
}

static void test_most(void)
{
	char text[4096] = "", why[64], *at = text;
	struct bootplan p;

	for (int i = 0; i <= BOOTPLAN_NICS; i++) {
		if (i == BOOTPLAN_NICS) {
			ok(!bootplan_parse(&p, text, why, sizeof(why)),
			   "as many NICs as there is room for");
			bootplan_free(&p);
		}
		at += sprintf(at, "nic n%d driver=d\n", i);
	}
	ok(bootplan_parse(&p, text, why, sizeof(why)), "one too many");
	is(why, "line 33: more than 32 NICs", "is refused");
	bootplan_free(&p);
}

static void test_lists(void)
{
	ok(bootplan_listed("a,bc,d", "bc"), "in the middle");
	ok(bootplan_listed("a,bc,d", "d"), "at the end");
	ok(!bootplan_listed("a,bc,d", "b"), "a part");
	ok(!bootplan_listed("", "a") && !bootplan_listed("ab", "abc"), "none");
	ok(bootplan_runs("all", "", "x"), "all rows");
	ok(!bootplan_runs("all", "x", "x"), "but one");
	ok(!bootplan_runs("none", "", "x"), "none");
	ok(bootplan_runs("x,y", "", "y") && !bootplan_runs("x,y", "", "z"),
	   "some");
	ok(!bootplan_runs("x,y", "y", "y"), "skip wins");
}

int main(void)
{
	test_all_words();
	test_wrong();
	test_most();
	test_lists();
	return done_testing();
}
