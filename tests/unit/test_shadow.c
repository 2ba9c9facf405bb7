// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shadow.h"
#include "tap.h"

static char root[] = "/tmp/test_shadow.XXXXXX";
static char *tree, *shadow;

static void put(const char *path, const char *text)
{
	char *full = xasprintf("%s/%s", tree, path);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	free(full);
}

/* "dir", "link", "file" or "none", in the shadow. */
static const char *kind(const char *path)
{
	char *full = xasprintf("%s/%s", shadow, path);
	struct stat st;
	int ret = lstat(full, &st);

	free(full);
	if (ret)
		return "none";
	return S_ISLNK(st.st_mode) ? "link" : S_ISDIR(st.st_mode) ? "dir" :
								    "file";
}

static void content(const char *path, const char *wanted)
{
	char *full = xasprintf("%s/%s", shadow, path);
	struct strbuf text = {0};

	is(file_read(full, &text) ? NULL : sb_str(&text), wanted,
	   "content of %s", path);
	sb_free(&text);
	free(full);
}

static void sync_with(const char *dir)
{
	struct strvec real = {0};

	if (dir)
		sv_add(&real, dir);
	ok(!shadow_sync(shadow, tree, &real), "sync, real: %s",
	   dir ? dir : "nothing");
	sv_free(&real);
}

static void test_sync(void)
{
	char *path;

	sync_with("drivers/net");
	is(kind("Makefile"), "link", "a file at the top");
	is(kind("net"), "link", "a folder that need not be one");
	is(kind("drivers"), "dir", "a folder above");
	is(kind("drivers/usb"), "link", "a folder beside");
	is(kind("drivers/network"), "link", "a longer name beside");
	is(kind("drivers/net/sub"), "dir", "a folder below");
	is(kind("drivers/net/sub/b.c"), "link", "a file below");
	is(kind(".config"), "none", "no .config");
	is(kind("drivers/net/a.o"), "none", "no object");
	is(kind("drivers/net/vmlinux.lds"), "none", "no linker script");
	is(kind("drivers/net/vmlinux.lds.h"), "link", "but what it is made of");
	content("drivers/net/a.c", "a");
	content("net/n.c", "n");

	put("drivers/net/new.c", "new");
	path = xasprintf("%s/drivers/net/sub/b.c", tree);
	unlink(path);
	free(path);
	path = xasprintf("%s/obj-x", shadow);
	make_dirs(path);
	free(path);
	sync_with("drivers/net");
	is(kind("drivers/net/new.c"), "link", "what was added");
	is(kind("drivers/net/sub/b.c"), "none", "what was taken away");
	is(kind("obj-x"), "dir", "an output folder stays");
	sync_with("net");
	is(kind("net"), "dir", "another real folder");
	is(kind("drivers"), "link", "that one no more");
	content("drivers/net/new.c", "new");
	sync_with("drivers/net");
}

static void test_replace(void)
{
	char *from = xasprintf("%s/from", root);

	file_write(from, "changed", 7);
	ok(!shadow_replace(shadow, "drivers/net/a.c", from), "replace");
	is(kind("drivers/net/a.c"), "file", "a file of its own");
	content("drivers/net/a.c", "changed");
	ok(!shadow_restore(shadow, tree, "drivers/net/a.c"), "restore");
	is(kind("drivers/net/a.c"), "link", "a link again");
	content("drivers/net/a.c", "a");
	ok(!shadow_replace(shadow, "drivers/net/a.c", from), "replace again");
	ok(!shadow_replace(shadow, "drivers/net/only.c", from),
	   "a file that the tree has not");
	sync_with("drivers/net");
	is(kind("drivers/net/a.c"), "link", "a sync restores");
	is(kind("drivers/net/only.c"), "none", "and removes");
	ok(shadow_replace(shadow, "drivers/net/a.c", "/nonexistent") < 0,
	   "nothing to replace it with");
	is(kind("drivers/net/a.c"), "link", "then nothing happens");
	ok(shadow_replace(shadow, "net/n.c", from) < 0 &&
		   shadow_replace(shadow, "net/new/n.c", from) < 0 &&
		   shadow_restore(shadow, tree, "net/n.c") < 0,
	   "never through a link into the tree");
	content("net/n.c", "n");
	free(from);
}

static void test_other_tree(void)
{
	ok(tree_is_dirty(tree), "a tree that was built in");
	free(tree);
	tree = xasprintf("%s/tree2", root);
	put("Makefile", "other");
	sync_with("");
	is(kind("obj-x"), "none", "another tree: all is new");
	content("Makefile", "other");
	ok(!tree_is_dirty(tree), "a clean tree");
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	tree = xasprintf("%s/tree", root);
	shadow = xasprintf("%s/shadow", root);
	put("Makefile", "m");
	put(".config", "c");
	put("drivers/net/vmlinux.lds", "made");
	put("drivers/net/vmlinux.lds.h", "source");
	put("drivers/net/a.c", "a");
	put("drivers/net/a.o", "o");
	put("drivers/net/sub/b.c", "b");
	put("drivers/usb/u.c", "u");
	put("drivers/network/w.c", "w");
	put("net/n.c", "n");
	test_sync();
	test_replace();
	test_other_tree();
	remove_tree(root);
	free(tree);
	free(shadow);
	return done_testing();
}
