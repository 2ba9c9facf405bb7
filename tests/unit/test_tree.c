// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "session.h"
#include "tap.h"

static char dir[] = "/tmp/rxasync-tree.XXXXXX";

static void put(const char *file, const char *text)
{
	char *path = xasprintf("%s/%s", dir, file);

	make_parents(path);
	file_write(path, text, strlen(text));
	free(path);
}

static int probe(struct session *s)
{
	session_free(s);
	*s = (struct session){.tree = xstrdup(dir)};
	return session_probe_tree(s);
}

#define HEADER "include/linux/netdevice.h"
#define OPS(member)                                                            \
	"struct net_device_ops;\n/* struct net_device_ops { int "              \
	"(*ndo_set_rx_mode_async)(void); } */\n"                               \
	"struct net_device_ops {\n"                                            \
	"\tstruct { int x; } y;\t// int (*ndo_set_rx_mode_async)(void);\n"     \
	"\tvoid (*ndo_set_rx_mode)(struct net_device *dev);\n" member "\n};\n" \
	"int (*ndo_set_rx_mode_async)(void);\n"

static void flavours(struct session *s)
{
	static const struct {
		const char *text, *flavour;
	} cases[] = {
		{OPS(""), "none"},
		{OPS("int\t(*ndo_set_rx_mode_async)(\n\t\tvoid *);"), "int"},
		{OPS("void (*ndo_set_rx_mode_async)(void);"), "void"},
		{OPS("void\n\t( *ndo_set_rx_mode_async)(void);"), "void"},
		{OPS("/* int (*ndo_set_rx_mode_async)(void); */"), "none"},
		{OPS("int (*ndo_set_rx_mode_async_old)(void);"), "none"},
		{OPS("int (*old_ndo_set_rx_mode_async)(void);"), "none"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		put(HEADER, cases[i].text);
		ok(!probe(s), "header %zu is understood", i);
		is(flavour_name(s->flavour), cases[i].flavour,
		   "header %zu: the struct decides, no comment", i);
	}
}

static void refusals(struct session *s)
{
	put(HEADER, "struct net_device_ops;\n");
	ok(probe(s) == EXIT_USAGE, "no struct, no tree");
	put(HEADER, "");
	ok(probe(s) == EXIT_USAGE, "an empty header, no tree");
	put("Makefile", "all:\n\techo VERSION = 1\nVERSIONS = 1\n");
	ok(probe(s) == EXIT_USAGE, "any other Makefile, no tree");
	ok(!s->version, "and no version");
}

static void anchors(struct session *s)
{
	char *abs = xasprintf("%s/drivers/net/", dir);

	put(HEADER, OPS(""));
	put("drivers/net/dummy.c", "");
	session_free(s);
	*s = (struct session){.tree = xstrdup(dir)};
	sv_add(&s->units, abs);
	sv_add(&s->units, "drivers/net/dummy.c");
	sv_add(&s->units, "8139too");
	sv_add(&s->units, dir);
	ok(!session_probe_tree(s), "probed with units");
	is(s->units.v[0], "drivers/net", "an absolute folder is anchored");
	is(s->units.v[1], "drivers/net/dummy.c", "a path of the tree stays");
	is(s->units.v[2], "8139too", "a name stays");
	is(s->units.v[3], ".", "the tree itself is all of it");
	free(abs);
}

int main(void)
{
	struct session s = {0};

	/* The refusals' words; the sanitizers' go to descriptor 2. */
	stderr = fopen("/dev/null", "w");
	if (!mkdtemp(dir))
		return 1;
	ok(probe(&s) == EXIT_USAGE, "an empty folder is no tree");
	put("Makefile", "# SPDX\nVERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 4\n"
			"EXTRAVERSION = -rc1 # so\nNAME = x\n");
	ok(probe(&s) == EXIT_USAGE, "no Kbuild, no tree");
	put("Kbuild", "");
	ok(probe(&s) == EXIT_USAGE, "no header, no tree");
	flavours(&s);
	is(s.version, "7.3.4-rc1", "the version, with its extra part");
	anchors(&s);
	refusals(&s);
	session_free(&s);
	remove_tree(dir);
	return done_testing();
}
