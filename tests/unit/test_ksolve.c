// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "configspec.h"
#include "ksolve.h"
#include "tap.h"

/* What the kernel's own files do to a driver's symbol, in small. */
static const char text[] =
	"config MIPS\n\tdef_bool y\n\tselect HAVE_IT if 64BIT\n"
	"config 64BIT\n\tbool \"64 bit\"\n\tdefault y\n"
	"config 32BIT\n\tbool\n\tdefault y if !64BIT\n"
	"config HAVE_IT\n\tbool\n"
	"config GCC_VERSION\n\tint\n\tdefault 120200\n"
	"choice\n\tprompt \"System\"\n"
	"config GENERIC\n\tbool \"generic\"\n\tselect HAS_PCI\n"
	"config BOARD_A\n\tbool \"a\"\n\tselect HAS_BUS\n"
	"config BOARD_B\n\tbool \"b\"\n\tdepends on 32BIT\n"
	"config BOARD_OLD\n\tbool \"old\"\n\tdepends on GCC_VERSION < 90100\n"
	"\tselect HAS_OLD\n"
	"endchoice\n"
	"config HAS_PCI\n\tbool\n"
	"config HAS_BUS\n\tbool\n"
	"config HAS_OLD\n\tbool\n"
	"config HAS_NONE\n\tbool\n"
	"config DEBUG\n\tbool \"debug\"\n"
	"config DRV_PCI\n\ttristate \"p\"\n\tdepends on HAS_PCI\n"
	"config DRV_BUS\n\ttristate \"b\"\n\tdepends on HAS_BUS && !DEBUG\n"
	"config DRV_B\n\ttristate \"c\"\n\tdepends on BOARD_B\n"
	"config DRV_EITHER\n\ttristate \"e\"\n"
	"\tdepends on BOARD_A || HAVE_IT\n\tdepends on 32BIT\n"
	"config DRV_OLD\n\ttristate \"o\"\n\tdepends on HAS_OLD\n"
	"config DRV_NONE\n\ttristate \"n\"\n\tdepends on HAS_NONE\n"
	"config DRV_BOTH\n\ttristate \"x\"\n\tdepends on BOARD_A && GENERIC\n"
	"config DRV_ELSE\n\ttristate \"y\"\n\tdepends on PPC\n"
	"config DRV_HAVE\n\ttristate \"h\"\n\tdepends on HAVE_IT=y\n"
	"config DRV_FIXED\n\ttristate \"f\"\n\tdepends on !MIPS\n"
	"config DRV_LOOP\n\tbool\n\tdepends on LOOP\n"
	"config LOOP\n\tbool\n\tdefault y if DRV_LOOP\n"
	"config FORCE\n\tbool\n\tdefault y if 64BIT\n"
	"config SMP\n\tbool \"smp\" if !FORCE\n\tdefault y if FORCE\n"
	"config DRV_UP\n\ttristate \"u\"\n\tdepends on !SMP\n"
	"config DRV_ARCH\n\ttristate \"a\"\n\tdepends on \"$(ARCH)\" = \"mips\"\n"
	"config DRV_MAKE\n\ttristate \"m\"\n\tdepends on $(cc-option,-x)\n";

static struct kconfig kc;
static struct dotconfig *base;

static void solve(const char *symbol, const char *wanted)
{
	struct ksolver *s = ksolver_new(&kc, base);
	struct strvec symbols = {0}, picks = {0};
	bool good;
	char *got;

	sv_addf(&symbols, "CONFIG_%s", symbol);
	good = ksolver_solve(s, &symbols, &picks);
	got = good ? configspec_join("", &picks) : xstrdup("no");
	is(got, wanted, "%s%s", symbol, base ? "" : ", without a .config");
	free(got);
	sv_free(&symbols);
	sv_free(&picks);
	ksolver_free(s);
}

int main(void)
{
	struct ksolver *s;
	struct strvec symbols = {0}, picks = {0};

	kconfig_parse(&kc, "Kconfig", text);
	kconfig_sort(&kc);
	kc.arch = xstrdup("mips");
	kc.srcarch = xstrdup("mips");

	/* All that may be, is. */
	solve("DRV_PCI", "+GENERIC");
	solve("DRV_NONE", "no");
	solve("DRV_ELSE", "no");
	solve("DRV_FIXED", "no");

	base = dotconfig_parse("CONFIG_MIPS=y\nCONFIG_64BIT=y\n"
			       "CONFIG_GENERIC=y\nCONFIG_HAS_PCI=y\n"
			       "CONFIG_HAVE_IT=y\nCONFIG_DEBUG=y\n"
			       "CONFIG_FORCE=y\nCONFIG_SMP=y\n"
			       "CONFIG_GCC_VERSION=120200\n");
	solve("DRV_PCI", "");
	solve("DRV_BUS", "+BOARD_A-DEBUG");
	solve("DRV_B", "+BOARD_B-64BIT");
	solve("DRV_OLD", "no");
	solve("DRV_NONE", "no");
	solve("DRV_BOTH", "no");
	solve("DRV_HAVE", "");
	solve("DRV_LOOP", "no");
	solve("DRV_ARCH", "");
	solve("DRV_MAKE", "");
	/* What is forced now has to be said when it no longer is. */
	solve("DRV_UP", "-64BIT-SMP");
	/* HAVE_IT holds now, but not without 64BIT: the other way is taken. */
	solve("DRV_EITHER", "+BOARD_A-64BIT");

	s = ksolver_new(&kc, base);
	sv_add(&symbols, "CONFIG_DRV_BUS");
	sv_add(&symbols, "CONFIG_DRV_PCI");
	ok(!ksolver_solve(s, &symbols, &picks) && !picks.n,
	   "not both of a choice");
	ksolver_free(s);
	sv_free(&symbols);
	dotconfig_free(base);
	kconfig_free(&kc);
	return done_testing();
}
