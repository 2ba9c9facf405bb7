// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <sys/utsname.h>

#include "archfile.h"
#include "tap.h"

static char root[] = "/tmp/test_archfile.XXXXXX";

static void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", root, name);

	if (file_write(path, text, strlen(text)))
		printf("Bail out! cannot write %s\n", path);
	free(path);
}

static void test_parse(void)
{
	struct archfile *a = archfile_parse(
		"m68k", "# a comment\n\npackage gcc-m68k-linux-gnu\r\n"
			"  cross\tm68k-linux-gnu- \nelf 4 258\nset A=b c\n"
			"config # CONFIG_64BIT is not set\ncost 3\nclang\n");

	is(a->name, "m68k", "name");
	is(a->package, "gcc-m68k-linux-gnu", "package");
	is(a->cross, "m68k-linux-gnu-", "cross");
	is(archfile_cross(a), "m68k-linux-gnu-", "no machine's own");
	ok(a->sets.n == 1 && !strcmp(a->sets.v[0], "A=b c"), "set");
	is(a->configs.v[0], "# CONFIG_64BIT is not set", "a line that is off");
	ok(a->cost == 3 && a->clang, "cost, clang");
	ok(archfile_made(a, 4) && archfile_made(a, 258), "its objects");
	ok(!archfile_made(a, 62), "another's objects");
	archfile_free(a);

	a = archfile_parse("x", "cost 12\nelf\nset FOO\nfoo bar\n");
	ok(a->cost == 9 && !a->elf.n && !a->sets.n, "bad lines say nothing");
	ok(archfile_made(a, 62), "where none is named, all objects are its");
	archfile_free(a);
}

static void test_files(void)
{
	struct strvec names = {0};
	struct archfile *a;
	struct utsname u;
	char *text;

	uname(&u);
	text = xasprintf("native foo %s\ncross foo-\ncost 9\n", u.machine);
	put("own.arch", text);
	free(text);
	put("b.arch", "cost 2\ncross b-\n");
	put("a.arch", "cost 2\ncross a-\n");
	put("c.arch", "cost 1\ncross c-\n");
	put("README", "cost 1\n");
	setenv("RXASYNC_ARCH", root, 1);
	archfile_names(&names);
	ok(names.n == 4, "all files");
	if (names.n == 4) {
		is(names.v[0], "own", "the machine's own first");
		is(names.v[1], "c", "then what is cheap");
		is(names.v[2], "a", "then by name");
	}
	sv_free(&names);
	a = archfile_read("own");
	is(a ? archfile_cross(a) : NULL, "", "its own compiler does");
	archfile_free(a);
	ok(!archfile_read("d"), "none");
	ok(!archfile_read("../own"), "no path");
}

/* The project's own files. */
static void test_ours(void)
{
	struct strvec names = {0};

	setenv("RXASYNC_ARCH", RXASYNC_ARCH_DIR, 1);
	archfile_names(&names);
	ok(names.n >= 10, "%zu architectures", names.n);
	for (size_t i = 0; i < names.n; i++) {
		struct archfile *a = archfile_read(names.v[i]);

		ok(a->elf.n && a->cost < 9 && !a->package == !a->cross,
		   "%s", a->name);
		archfile_free(a);
	}
	sv_free(&names);
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	test_parse();
	test_files();
	test_ours();
	remove_tree(root);
	return done_testing();
}
