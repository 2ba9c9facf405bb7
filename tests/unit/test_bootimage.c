// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "bootimage.h"
#include "tap.h"

static char root[] = "/tmp/test_bootimage.XXXXXX";
static char *obj, *dir;

static void put(const char *name, const char *text)
{
	char *full = xasprintf("%s/%s", obj, name);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	free(full);
}

static void test_keep(void)
{
	struct boot_made made = {.seconds = 7, .objects = 9}, back;
	struct strvec files = {0};
	struct strbuf text = {0};
	char *path = boot_image_path(dir, 0x1f, "arch/x/boot/Image");

	sv_add(&files, "arch/x/boot/Image");
	sv_add(&made.sources, "drivers/a.c");
	ok(boot_image_load(dir, 0x1f, &back) == -ENOENT, "none yet");
	ok(boot_image_store(dir, 0x1f, obj, &files, &made) == -ENOENT,
	   "make made no image");
	ok(boot_image_load(dir, 0x1f, &back) == -ENOENT, "then none is kept");
	put("arch/x/boot/Image", "kernel");
	ok(!boot_image_store(dir, 0x1f, obj, &files, &made), "kept");
	ok(!boot_image_load(dir, 0x1f, &back), "and there");
	ok(back.seconds == 7 && back.objects == 9, "with its times");
	is(back.sources.n ? back.sources.v[0] : NULL, "drivers/a.c",
	   "with its sources");
	boot_made_free(&back);
	is(file_read(path, &text) ? NULL : sb_str(&text), "kernel", "itself");
	for (uint64_t key = 100; key < 150; key++)
		boot_image_store(dir, key, obj, &files, &made);
	ok(!boot_image_load(dir, 149, &back), "the last of many");
	boot_made_free(&back);
	ok(boot_image_load(dir, 0x1f, &back) == -ENOENT, "not the first");
	sb_free(&text);
	boot_made_free(&made);
	sv_free(&files);
	free(path);
}

static void test_sources(void)
{
	struct strvec sources = {0};

	put("drivers/net/.a.o.cmd",
	    "savedcmd_drivers/net/a.o := gcc -I../include -c ../drivers/x.c\n"
	    "source_drivers/net/a.o := ../drivers/net/a.c\n"
	    "deps_drivers/net/a.o := \\\n  ../include/linux/b.h \\\n"
	    "  ../arch/x/include/asm/c.h \\\n  ../drivers/net/a.h \\\n"
	    "  $(wildcard include/config/FOO) \\\n  ../drivers/net/d.txt \\\n");
	put("lib/.b.o.cmd", "deps := ../drivers/net/a.h ../lib/b.S\n");
	put("lib/.c.mod.cmd", "deps := ../lib/c.c\n");
	boot_image_sources(obj, &sources);
	ok(sources.n == 4, "four sources");
	is(sources.v[0], "drivers/net/a.c", "the .c");
	is(sources.v[1], "drivers/net/a.h", "the header beside it, once");
	is(sources.v[2], "drivers/x.c", "of the command");
	is(sources.v[3], "lib/b.S", "and assembly");
	sv_free(&sources);
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	obj = xasprintf("%s/obj", root);
	dir = xasprintf("%s/images", root);
	test_keep();
	test_sources();
	remove_tree(root);
	free(obj);
	free(dir);
	return done_testing();
}
