// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "includers.h"
#include "tap.h"

static char root[] = "/tmp/test_includers.XXXXXX";

static void put(const char *path, const char *text)
{
	char *full = xasprintf("%s/%s", root, path);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	free(full);
}

static void check(const struct includers *db, const char *path,
		  const char *wanted)
{
	struct strvec found = {0};
	struct strbuf sb = {0};

	includers_find(db, path, &found);
	sv_sort(&found);
	for (size_t i = 0; i < found.n; i++)
		sb_addf(&sb, "%s%s", i ? " " : "", found.v[i]);
	is(sb_str(&sb), wanted, "who includes %s", path);
	sb_free(&sb);
	sv_free(&found);
}

int main(void)
{
	struct includers *db;

	if (!mkdtemp(root))
		return 1;
	put("d/a.c", "#include \"lib.c\"\n#include <linux/x.h>\n");
	put("d/lib.c", "  #  include \"priv.h\"\n");
	put("d/b.c", "#include \"../d/priv.h\"\n/* #include no */\n");
	put("d/e/c.c", "#include \"../priv.h\"\n#include \"xpriv.h\"\n");
	put("d/e/x.h", "#include \"priv.h\"\n#include <unended\n#include");
	put("d/e/f.c", "#include \"x.h\"\n");
	put("o/other.c", "#include \"priv.h\"\n");
	db = includers_open(root);
	includers_scan(db, "d");
	includers_scan(db, "d");
	check(db, "d/lib.c", "d/a.c");
	check(db, "d/priv.h", "d/a.c d/b.c d/e/c.c d/e/f.c d/lib.c");
	/* f.c means the x.h beside it. */
	check(db, "include/linux/x.h", "d/a.c");
	check(db, "d/e/xpriv.h", "d/e/c.c");
	check(db, "d/nobody.h", "");
	includers_close(db);
	remove_tree(root);
	return done_testing();
}
