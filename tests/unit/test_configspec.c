// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "configspec.h"
#include "tap.h"

static void good(const char *text, const char *base, const char *seed,
		 const char *picks)
{
	struct configspec c;
	char *joined;

	ok(!configspec_parse(&c, text), "%s", text);
	is(c.base, base, "its base");
	is(c.seed, seed, "its seed");
	joined = configspec_join("", &c.picks);
	is(joined, picks, "its picks");
	free(joined);
	configspec_free(&c);
}

static void bad(const char *text)
{
	struct configspec c;

	ok(configspec_parse(&c, text), "'%s' is none", text);
}

int main(void)
{
	struct configspec c;
	struct strbuf sb = {0};
	char *seeded;

	good("allmodconfig", "allmodconfig", NULL, "");
	good("multi_v7_defconfig", "multi_v7_defconfig", NULL, "");
	good("mvebu_v5-x_defconfig+A", "mvebu_v5-x_defconfig", NULL, "+A");
	good("allmodconfig+MACH_JAZZ-64BIT", "allmodconfig", NULL,
	     "+MACH_JAZZ-64BIT");
	good("randconfig-0x1f-PCI", "randconfig", "0x1f", "-PCI");
	good("/my.config+A", "/my.config+A", NULL, "");
	good("44x/canyonlands_defconfig+A", "44x/canyonlands_defconfig", NULL, "+A");
	bad("./my.config+A");
	bad("../44x/canyonlands_defconfig");
	bad("arch/configs/canyonlands_defconfig");
	bad("44x/allmodconfig");
	bad("44x/config");
	bad("");
	bad("allmod");
	bad("allmodconfig+");
	bad("allmodconfigs");
	bad("allmodconfig+A B");
	bad("all modconfig");
	bad("+Aconfig");

	seeded = configspec_seeded();
	ok(!configspec_parse(&c, seeded) && c.seed, "a seed of our own");
	ok(configspec_is_all(&c), "a randconfig takes a part of a .config");
	configspec_free(&c);
	free(seeded);

	configspec_parse(&c, "defconfig+A-B");
	ok(!configspec_is_all(&c), "a defconfig does not");
	configspec_lines(&c, &sb);
	is(sb_str(&sb), "CONFIG_A=y\n# CONFIG_B is not set\n", "lines");
	sb_free(&sb);
	configspec_free(&c);
	return done_testing();
}
