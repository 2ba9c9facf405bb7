// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "kconfig.h"
#include "tap.h"

static const char text[] =
	"mainmenu \"x\"\n"
	"config 64BIT\n\tdef_bool y\n"
	"config SBUS\n\tbool\n"
	"config COMPILE_TEST\n\tbool \"Compile test\"\n\thelp\n"
	"\t  config FAKE\n\t    depends on NOTHING\n\n\t  More help.\n"
	"menuconfig NET\n\tbool \"Net\"\n"
	"if NET\n"
	"comment \"a note\"\n\tdepends on NOWHERE\n"
	"menu \"Drivers\"\n\tdepends on PCI || COMPILE_TEST\n"
	"config A\n\ttristate \"A\"\n\tdepends on MAC\n"
	"config B\n\ttristate 'B' if 64BIT\n"
	"\tdepends on !64BIT || BROKEN\n\tdepends on NET && \\\n\t\tPCI\n"
	"config C\n\tbool \"C\"\n\tdepends on (SUN3 || SUN3X) && NET\n"
	"config D\n\tbool \"D\"\n\tdepends on A\n"
	"config E\n\tbool \"E\"\n\tdepends on SBUS\n"
	"config F\n\tbool \"F\"\n\tdepends on !NET\n"
	"config G\n\tbool \"G\"\n"
	"\tdepends on $(cc-option,-fx) && NET=y && NET!=n && RANGE > 3\n"
	"endmenu\n"
	"endif\n"
	"config H\n\tbool \"H\"\n"
	"config H\n\tdepends on MAC\n\tbool\n"
	"config I\n\tbool \"I\"\n\tdepends on I_DEP && MAC\n"
	"config I_DEP\n\tbool \"dep\"\n"
	"config GCC_VERSION\n\tint\n"
	"config BOARD\n\tbool \"board\"\n"
	"\tdepends on !NET && GCC_VERSION < 90100\n\tselect OLD\n"
	"config OLD\n\tbool\n"
	"config K\n\tbool \"K\"\n\tdepends on OLD\n"
	"choice\n\tprompt \"one\"\n\tdepends on H\n"
	"config J\n\tbool \"J\"\nendchoice\n";

static void why(const struct kconfig *kc, const char *config,
		const char *symbol, const char *wanted)
{
	struct dotconfig *dc = dotconfig_parse(config);
	char *got = kconfig_why_off(kc, dc, "x86_64", symbol);

	is(got, wanted, "why %s", symbol);
	free(got);
	dotconfig_free(dc);
}

static void test_why(void)
{
	static const char config[] = "CONFIG_NET=y\nCONFIG_64BIT=y\n"
				     "CONFIG_PCI=y\nCONFIG_COMPILE_TEST=y\n"
				     "CONFIG_GCC_VERSION=120200\n";
	struct kconfig kc = {0};
	size_t n;

	kconfig_parse(&kc, "net/Kconfig", text);
	kconfig_sort(&kc);
	ok(kconfig_find(&kc, "CONFIG_A", &n) && n == 1, "A is there");
	ok(kconfig_find(&kc, "H", &n) && n == 2, "H twice");
	ok(!kconfig_find(&kc, "FAKE", &n) && !n, "none in the help text");
	ok(kconfig_find(&kc, "A", &n)->line == 20, "A's line");
	is(kconfig_find(&kc, "A", &n)->file, "net/Kconfig", "A's file");
	ok(kconfig_find(&kc, "A", &n)->depend_count == 3,
	   "A: if, menu and its own");
	why(&kc, config, "CONFIG_A",
	    "CONFIG_A depends on MAC, which x86_64 does not define");
	why(&kc, config, "B",
	    "CONFIG_B depends on !64BIT || BROKEN, none of which holds");
	why(&kc, config, "C",
	    "CONFIG_C depends on SUN3 || SUN3X, none of which x86_64 defines");
	why(&kc, config, "D",
	    "CONFIG_D depends on A, which is off: A depends on MAC, "
	    "which x86_64 does not define");
	why(&kc, config, "E",
	    "CONFIG_E depends on SBUS, which is off: SBUS cannot be set by "
	    "hand, and nothing that is on selects it");
	why(&kc, config, "F", "CONFIG_F depends on !NET, and NET is on");
	why(&kc, config, "G",
	    "CONFIG_G is off in this config, though its dependencies hold");
	why(&kc, config, "H",
	    "CONFIG_H is off in this config, though its dependencies hold");
	why(&kc, config, "I",
	    "CONFIG_I depends on MAC, which x86_64 does not define");
	why(&kc, config, "J",
	    "CONFIG_J depends on H, which is off: H is off in this config, "
	    "though its dependencies hold");
	why(&kc, config, "K",
	    "CONFIG_K depends on OLD, which is off: OLD cannot be set by hand, "
	    "and only this would select it: BOARD depends on GCC_VERSION < "
	    "90100, and GCC_VERSION is 120200");
	why(&kc, config, "NONE",
	    "CONFIG_NONE is in no Kconfig file that x86_64 reads");
	why(&kc, "", "A",
	    "CONFIG_A depends on MAC, which x86_64 does not define");
	kconfig_free(&kc);
}

static void test_needs(void)
{
	struct kconfig kc = {0};
	struct strvec symbols = {0};

	kconfig_parse(&kc, "net/Kconfig", text);
	kconfig_sort(&kc);
	sv_add(&symbols, "CONFIG_D");
	sv_add(&symbols, "CONFIG_NONE");
	kconfig_add_needs(&kc, &symbols);
	ok(symbols.n == 4, "two more");
	ok(sv_has(&symbols, "CONFIG_A"), "D needs A");
	ok(sv_has(&symbols, "CONFIG_NET"), "and NET, around it");
	sv_free(&symbols);
	kconfig_free(&kc);
}

static void test_dotconfig(void)
{
	struct dotconfig *dc = dotconfig_parse(
		"# CONFIG_OFF is not set\nCONFIG_Y=y\nCONFIG_M=m\r\n"
		"CONFIG_S=\"y\"\nCONFIG_N=1\nCONFIG_YY=yes\nCONFIG_L=y");
	int error;

	ok(dotconfig_get(dc, "CONFIG_Y") == 'y', "y");
	ok(dotconfig_get(dc, "M") == 'm', "m, without CONFIG_");
	ok(dotconfig_get(dc, "OFF") == 'n', "not set");
	ok(dotconfig_get(dc, "S") == 'n', "a string");
	ok(dotconfig_get(dc, "YY") == 'n', "another word");
	ok(dotconfig_on(dc, "L"), "the last line, unended");
	dotconfig_free(dc);
	dc = dotconfig_parse("");
	ok(!dotconfig_on(dc, "Y"), "an empty one");
	dotconfig_free(dc);
	ok(!dotconfig_read("/nonexistent/.config", &error) && error < 0,
	   "none there");
}

static void test_broken(void)
{
	static const char *const texts[] = {
		"config\n", "if (((A && \nconfig X\n depends on\nendif\n",
		"endif\nendmenu\nendchoice\n", "depends on X\n",
		"config X\n depends on !(A\n", "source\n", "help\n",
		"config X\n\thelp", "config X\n depends on \"A",
		"menu \"m\"\n depends on A = \nconfig Y\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct kconfig kc = {0};
		struct dotconfig *dc = dotconfig_parse("");
		char *s;

		kconfig_parse(&kc, "K", texts[i]);
		kconfig_sort(&kc);
		s = kconfig_why_off(&kc, dc, "x86_64", "X");
		ok(starts_with(s, "CONFIG_X "), "broken text %zu: %s", i, s);
		free(s);
		dotconfig_free(dc);
		kconfig_free(&kc);
	}
}

int main(void)
{
	test_why();
	test_needs();
	test_dotconfig();
	test_broken();
	is(kconfig_srcarch("x86_64"), "x86", "the folder of x86_64");
	is(kconfig_srcarch("arm64"), "arm64", "the folder of arm64");
	return done_testing();
}
