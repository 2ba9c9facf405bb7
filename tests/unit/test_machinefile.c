// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "machinefile.h"
#include "tap.h"

#define HEAD                                                                   \
	"arch = x86_64\n"                                                      \
	"qemu = qemu-system-x86_64 # the usual one\n"                          \
	"qemu-package = qemu-system-x86\n"                                     \
	"options = -M pc\t-m 512\n"                                            \
	"image = arch/x86/boot/bzImage\n"                                      \
	"target = bzImage\n"                                                   \
	"console = ttyS0\n"                                                    \
	"config = base x86_64\n"

#define NIC                                                                    \
	"device = -device e1,netdev=@net@,mac=@mac@ -x @net@@net@\n"           \
	"source = drivers/net/e1.c\n"                                          \
	"uc = 16\n"                                                            \
	"mc = hash\n"                                                          \
	"allmulti = yes\n"                                                     \
	"promisc = no\n"

static void test_good(void)
{
	struct machine m;
	struct strvec argv = {0};
	char *why;

	ok(!machine_parse(&m, "machines/pc.machine",
			  "# a comment\n\n" HEAD "extra = a.c b.c\n"
			  "[nic e1]\n" NIC
			  "repeat = 3\r\ngaps = mc-100 vlan\n"
			  "[nic e2]\n" NIC "config = CONFIG_A CONFIG_B=n",
			  &why),
	   "a machine file");
	is(why, NULL, "with no fault");
	is(m.name, "pc", "its name is the file's");
	is(m.qemu, "qemu-system-x86_64", "a comment behind a value");
	ok(m.options.n == 4 && !strcmp(m.options.v[2], "-m"), "words");
	is(m.cross, NULL, "what may be left out");
	ok(m.scale == 1 && m.qemu_version == 0, "defaults");
	ok(m.nic_count == 2, "two NICs");
	is(m.nics[0].name, "e1", "the name of the first");
	ok(m.nics[0].allmulti && !strcmp(m.nics[0].promisc, "no"), "yes and no");
	ok(m.nics[0].repeat == 3 && m.nics[1].repeat == 1, "a number");
	ok(m.nics[0].gaps.n == 2, "the gaps of its model");
	is(m.nics[1].config.v[1], "CONFIG_B=n", "a symbol with a value");
	machine_device(&m.nics[0], "n0", "02:00:00:00:01:00", &argv);
	ok(argv.n == 4, "words for QEMU");
	is(argv.v[1], "e1,netdev=n0,mac=02:00:00:00:01:00", "with its names");
	is(argv.v[3], "n0n0", "more than once in a word");
	sv_free(&argv);
	machine_free(&m);
}

static void bad(const char *text, const char *wanted)
{
	struct machine m;
	char *why;
	int ret = machine_parse(&m, "x.machine", text, &why);

	ok(ret == -EINVAL, "refused");
	is(why, wanted, "%s", wanted);
	free(why);
	machine_free(&m);
}

static void test_bad(void)
{
	bad("", "x.machine:1: the machine lacks \"arch\"");
	bad(HEAD "arch = arm\n",
	    "x.machine:9: arch stands here a second time");
	bad(HEAD "cpu = 486\n", "x.machine:9: a machine has no \"cpu\"");
	bad(HEAD "what\n",
	    "x.machine:9: neither \"key = value\" nor [nic NAME]");
	bad(HEAD "[net a]\n", "x.machine:9: a section is [nic NAME]");
	bad(HEAD "[nic ]\n", "x.machine:9: a nic's name is one word");
	bad(HEAD "[nic a]\n", "x.machine:9: nic a lacks \"device\"");
	bad(HEAD "[nic a]\n" NIC "[nic a]\n", "x.machine:16: a second nic a");
	bad(HEAD "[nic a]\n" NIC "arch = arm\n",
	    "x.machine:16: a nic has no \"arch\"");
	bad(HEAD "[nic a]\n" NIC "repeat = 0\n",
	    "x.machine:16: repeat is \"0\", not a number from 1 to 100");
	bad(HEAD "[nic a]\n" NIC "repeat = 2x\n",
	    "x.machine:16: repeat is \"2x\", not a number from 1 to 100");
	bad(HEAD "[nic a]\n" NIC "config = E1000\n",
	    "x.machine:9: \"E1000\" is no CONFIG_ symbol");
	bad(HEAD "extra = a.c\n", "x.machine:1: extra is no list of pairs");
	bad(HEAD "[nic a]\nallmulti = maybe\n",
	    "x.machine:10: allmulti is \"maybe\", not yes or no");
	bad(HEAD "[nic a]\ndevice = a\nsource = b\nuc = none\nmc = hash\n"
		 "allmulti = no\npromisc = most\n",
	    "x.machine:9: promisc is \"most\", not yes, no or unicast");
	bad(HEAD "[nic a]\ndevice = a\nsource = b\nuc = exact\nmc = hash\n"
		 "allmulti = no\npromisc = no\n",
	    "x.machine:9: uc is \"exact\", not none, hash or a number");
	bad(HEAD "[nic a]\ndevice = a\nsource = b\nuc = 4\nmc = all\n"
		 "allmulti = no\npromisc = no\n",
	    "x.machine:9: mc is \"all\", not none, hash, exact or a number");
}

/* What is shipped can be read. */
static void test_ours(void)
{
	struct machines ms;

	ok(!machines_read(&ms, "machines"), "the machines that there are");
	for (size_t i = 0; i < ms.n; i++)
		ok(ms.v[i].nic_count > 0, "%s has a NIC", ms.v[i].name);
	ok(!machines_find(&ms, "no-such-machine"), "none by a wrong name");
	machines_free(&ms);
	ok(machines_read(&ms, "/nonexistent") == -ENOENT, "no folder");
	machines_free(&ms);
}

int main(void)
{
	test_good();
	test_bad();
	test_ours();
	return done_testing();
}
