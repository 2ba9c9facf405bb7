// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "bootconfig.h"
#include "tap.h"

#define MACHINE(nic)                                                           \
	"arch = x86_64\nqemu = q\nqemu-package = q\noptions = -M pc\n"         \
	"image = I\ntarget = I\nconsole = ttyS0\nconfig = base\n" nic

#define NIC(name, config)                                                      \
	"[nic " name "]\ndevice = d\nsource = s.c\nuc = 1\nmc = 1\n"           \
	"allmulti = yes\npromisc = yes\nconfig = " config "\n"

static char root[] = "/tmp/test_bootconfig.XXXXXX";

static void put(const char *name, const char *text)
{
	char *full = xasprintf("%s/%s", root, name);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	free(full);
}

static void check(const struct boot_config *c, const struct kconfig *kc,
		  const char *dotconfig, const char *lacks, const char *unknown,
		  const char *wanted)
{
	struct strvec lacking = {0}, foreign = {0};
	char *why;
	int ret = bootconfig_check(c, kc, dotconfig, "x86_64", &lacking,
				   &foreign, &why);

	ok(ret == (wanted ? -EINVAL : 0), "checked");
	is(lacking.n ? lacking.v[0] : NULL, lacks, "what a NIC lacks");
	is(foreign.n ? foreign.v[0] : NULL, unknown, "what nobody knows");
	ok(wanted ? why && starts_with(why, wanted) : !why, "%s",
	   why ? why : "no complaint");
	free(why);
	sv_free(&lacking);
	sv_free(&foreign);
}

static void test_all(void)
{
	struct machines ms;
	struct boot_config c;
	struct kconfig kc = {0};
	char *text;

	put("a.machine", MACHINE(NIC("a", "CONFIG_NICA CONFIG_PIO=n")));
	put("b.machine", MACHINE(NIC("b", "CONFIG_NICB")));
	put("c.machine", "arch = arm\nqemu = q\nqemu-package = q\n"
			 "options = -M pc\nimage = I\ntarget = I\n"
			 "console = ttyS0\nconfig = base old\n"
			 NIC("c", "CONFIG_C"));
	put("config/old.config", "CONFIG_OLD=n\nCONFIG_TINY=y\nCONFIG_BITS=n\n");
	put("config/base.config", "# words\nCONFIG_NET=y\nCONFIG_OLD=y\n");
	put("config/lockdep.config", "CONFIG_BITS=18\nCONFIG_TINY=n\n");
	kconfig_parse(&kc, "Kconfig",
		      "config NET\n\tbool \"n\"\n"
		      "config BITS\n\tint \"b\"\n"
		      "config TINY\n\tbool \"t\"\n"
		      "config VENDOR\n\tbool \"v\"\n"
		      "config HIDDEN\n\tbool\n"
		      "config PIO\n\tbool \"p\"\n"
		      "config NICA\n\tbool \"a\"\n\tdepends on VENDOR\n"
		      "\tdepends on HIDDEN\n"
		      "config NICB\n\tbool \"b\"\n\tdepends on VENDOR\n");
	kconfig_sort(&kc);
	ok(!machines_read(&ms, root), "machines");
	ok(bootconfig_shared(&ms.v[0], &ms.v[1]), "two share a kernel");
	ok(!bootconfig_shared(&ms.v[0], &ms.v[2]), "the third does not");
	ok(!bootconfig_make(&c, &ms, &ms.v[0], "lockdep", &kc), "put together");
	text = bootconfig_text(&c);
	is(text,
	   "CONFIG_NET=y\nCONFIG_OLD=y\nCONFIG_BITS=18\nCONFIG_TINY=n\n"
	   "CONFIG_VENDOR=y\n"
	   "CONFIG_NICA=y\nCONFIG_PIO=n\nCONFIG_NICB=y\n",
	   "fragments, what the NICs need, the NICs of both");
	free(text);
	check(&c, &kc,
	      "CONFIG_NET=y\nCONFIG_BITS=18\nCONFIG_NICA=y\nCONFIG_NICB=y\n",
	      NULL, "CONFIG_OLD", NULL);
	check(&c, &kc, "CONFIG_NET=y\nCONFIG_BITS=18\nCONFIG_NICA=y\n",
	      "CONFIG_NICB", "CONFIG_OLD", NULL);
	check(&c, &kc,
	      "CONFIG_NET=y\nCONFIG_BITS=18\nCONFIG_NICA=y\nCONFIG_NICB=y\n"
	      "CONFIG_TINY=y\n",
	      NULL, "CONFIG_OLD", "CONFIG_TINY=n did not come to be");
	check(&c, &kc,
	      "CONFIG_NET=y\nCONFIG_BITS=180\nCONFIG_NICA=y\nCONFIG_NICB=y\n",
	      NULL, "CONFIG_OLD", "CONFIG_BITS=18 did not come to be");
	check(&c, &kc, "XCONFIG_NET=y\nCONFIG_BITS=18\nCONFIG_NICA=y\n",
	      "CONFIG_NICB", "CONFIG_OLD", "CONFIG_NET=y did not come to be");
	bootconfig_free(&c);
	ok(!bootconfig_make(&c, &ms, &ms.v[2], "lockdep", &kc), "a third");
	text = bootconfig_text(&c);
	is(text,
	   "CONFIG_NET=y\nCONFIG_OLD=n\nCONFIG_TINY=n\nCONFIG_BITS=n\n"
	   "CONFIG_C=y\n",
	   "the later line counts, but for what the machine can't have");
	free(text);
	bootconfig_free(&c);
	ok(bootconfig_make(&c, &ms, &ms.v[0], "kasan", &kc) == -ENOENT,
	   "a fragment that is not there");
	bootconfig_free(&c);
	kconfig_free(&kc);
	machines_free(&ms);
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	test_all();
	remove_tree(root);
	return done_testing();
}
