// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <errno.h>
#include <stdlib.h>

#include "maintainers.h"
#include "util.h"

static const char text[] =
	"List of maintainers\n"
	"\tS: *Status*, one of the following:\n"
	"\tF:\tdrivers/net/\tall files\n"
	"\n"
	"ONE DRIVER\n"
	"M:\tA Person <a@example.org>\n"
	"S:\tOdd Fixes\n"
	"F:\tdrivers/net/ethernet/acme/one*\n"
	"\n"
	"ACME DRIVERS\n"
	"S:\tSupported\n"
	"F:\tdrivers/net/ethernet/acme/\n"
	"X:\tdrivers/net/ethernet/acme/old/\n"
	"\n"
	"NO STATUS\n"
	"F:\tdrivers/net/phy/*.c\n"
	"\n"
	"BY NAME\n"
	"S:\tMaintained\n"
	"N:\t[^a-z]tegra\n"
	"\n"
	"DEEP\n"
	"S:\tOrphan\n"
	"F:\tsound/**/*foo*.c\n"
	"\n"
	"FOLDER WITHOUT SLASH\n"
	"S:\tOrphan\n"
	"F:\tdrivers/bus\n"
	"\n"
	"NETWORKING DRIVERS\n"
	"S:\tMaintained\n"
	"F:\tdrivers/net/\n"
	"\n"
	"THE REST\n"
	"S:\tBuried alive in reporters\n"
	"F:\t*\n"
	"F:\t*/\n";

static void check(const struct maintainers *m, const char *path,
		  const char *title, const char *status)
{
	const struct maintainer_entry *e = maintainers_find(m, path);

	is(e ? e->title : NULL, title, "title for %s", path);
	is(e ? e->status : NULL, status, "status for %s", path);
}

static void test_find(const char *tree)
{
	struct maintainers *m = maintainers_parse(tree, text, strlen(text));

	check(m, "drivers/net/ethernet/acme/one_main.c", "ONE DRIVER",
	      "Odd Fixes");
	check(m, "drivers/net/ethernet/acme/two.c", "ACME DRIVERS",
	      "Supported");
	check(m, "drivers/net/ethernet/acme/deep/er.c", "ACME DRIVERS",
	      "Supported");
	/* one* must not reach below its folder. */
	check(m, "drivers/net/ethernet/acme/one/x.c", "ACME DRIVERS",
	      "Supported");
	check(m, "drivers/net/ethernet/acme/old/x.c", "NETWORKING DRIVERS",
	      "Maintained");
	check(m, "drivers/net/phy/x.c", "NO STATUS", NULL);
	check(m, "drivers/net/phy/y/x.c", "NETWORKING DRIVERS", "Maintained");
	check(m, "arch/arm/mach-tegra/x.c", "BY NAME", "Maintained");
	check(m, "sound/a/b/xfoox.c", "DEEP", "Orphan");
	check(m, "drivers/bus/x.c", "FOLDER WITHOUT SLASH", "Orphan");
	check(m, "drivers/busy.c", "THE REST", "Buried alive in reporters");
	check(m, "kernel/fork.c", "THE REST", "Buried alive in reporters");
	maintainers_free(m);
}

static void test_rubbish(void)
{
	static const char odd[] = "F:\nX:*\nF:\t***a**\0b?\nN:\t(((\nS:";
	struct maintainers *m = maintainers_parse("/", odd, sizeof(odd) - 1);
	const struct maintainer_entry *e = maintainers_find(m, "a");

	ok(!e, "X: without a title excludes all");
	maintainers_free(m);
	m = maintainers_parse("/", "", 0);
	ok(!maintainers_find(m, "a/b.c"), "an empty file has no entry");
	maintainers_free(m);
}

int main(void)
{
	char tree[] = "/tmp/rxa-maintainers-XXXXXX";
	char *path, *bus;
	struct maintainers *m;
	int error;

	if (!mkdtemp(tree))
		return 1;
	bus = xasprintf("%s/drivers/bus", tree);
	make_dirs(bus);
	free(bus);
	test_find(tree);
	test_rubbish();
	m = maintainers_read(tree, &error);
	ok(!m && error == -ENOENT, "no MAINTAINERS file");
	path = xasprintf("%s/MAINTAINERS", tree);
	file_write(path, text, strlen(text));
	free(path);
	m = maintainers_read(tree, &error);
	ok(m && !error, "read from a tree");
	if (m)
		check(m, "drivers/net/x.c", "NETWORKING DRIVERS",
		      "Maintained");
	maintainers_free(m);
	remove_tree(tree);
	return done_testing();
}
