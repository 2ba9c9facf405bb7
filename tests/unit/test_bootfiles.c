// SPDX-License-Identifier: GPL-2.0-only
/* What make would compile again, by the times of the files in the shadow. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bootfiles.h"
#include "shadow.h"
#include "tap.h"

static char root[] = "/tmp/test_bootfiles.XXXXXX";
static char *tree, *shadow, *obj, *obj2;

static char *put(const char *dir, const char *name, const char *text)
{
	char *full = xasprintf("%s/%s", dir, name);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	return full;
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

static struct timespec mtime(const char *path)
{
	char *full = xasprintf("%s/%s", shadow, path);
	struct stat st = {0};

	stat(full, &st);
	free(full);
	return st.st_mtim;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* One make of an O= with this text in a.c's place, or none; its time. */
static struct timespec make(const char *o, const char *text, bool good)
{
	struct boot_files f = {0};
	struct timespec t;
	char *from = put(root, "from", text ? text : "");

	usleep(20000);
	if (text)
		boot_files_add(&f, "d/a.c", from);
	ok(!boot_files_put(&f, shadow, tree, o), "put");
	content("d/a.c", text ? text : "tree");
	t = mtime("d/a.c");
	if (good)
		ok(!boot_files_made(&f, o), "made");
	ok(!boot_files_restore(&f, shadow, tree), "restored");
	content("d/a.c", "tree");
	boot_files_free(&f);
	free(from);
	return t;
}

static void test_times(void)
{
	struct timespec first = mtime("d/a.c"), one, two, back, other;
	struct strvec paths = {0};

	ok(same_time(make(obj, NULL, true), first),
	   "an O= that never had it sees the tree's file");
	one = make(obj, "one", true);
	ok(!same_time(one, first), "another text is new");
	ok(same_time(make(obj, "one", true), one), "the same text is not");
	ok(same_time(make(obj, "one", true), one), "whatever came between");
	two = make(obj, "two", false);
	ok(!same_time(two, one), "the next text is new");
	ok(!same_time(make(obj, "two", true), two),
	   "and new again, where make did not end well");
	back = make(obj, NULL, true);
	ok(!same_time(back, first), "the tree's own is new, too");
	ok(same_time(make(obj, NULL, true), back), "once");
	other = make(obj2, NULL, true);
	ok(same_time(other, first), "another O= knows nothing of that");
	boot_files_before(obj, &paths);
	ok(paths.n == 1 && !strcmp(paths.v[0], "d/a.c"), "what stood there");
	sv_free(&paths);
}

static void test_append(void)
{
	struct boot_files f = {0}, g = {0};
	char *more = put(root, "more", "more");
	char *from = put(root, "from", "new");

	ok(!boot_files_append(&f, tree, "d/a.c", more), "behind the tree's");
	is(f.v[0].text, "tree\nmore", "its text");
	ok(!boot_files_add(&g, "d/a.c", from) &&
		   !boot_files_append(&g, tree, "d/a.c", more),
	   "behind a new one");
	ok(g.n == 1, "which is one file");
	is(g.v[0].text, "new\nmore", "its text");
	ok(boot_files_append(&g, tree, "d/b.c", more) == -2, "behind none");
	ok(boot_files_hash(&f) != boot_files_hash(&g), "another hash");
	free(from);
	free(more);
	boot_files_free(&f);
	boot_files_free(&g);
}

static void test_hash(void)
{
	struct boot_files f = {0}, g = {0};
	char *a = put(root, "x", "a"), *b = put(root, "y", "b");

	boot_files_add(&f, "a.c", a);
	boot_files_add(&f, "b.c", b);
	boot_files_add(&g, "b.c", b);
	boot_files_add(&g, "a.c", a);
	ok(boot_files_hash(&f) == boot_files_hash(&g), "no order");
	boot_files_add(&g, "a.c", b);
	boot_files_add(&g, "b.c", a);
	ok(boot_files_hash(&f) != boot_files_hash(&g), "paths count");
	free(a);
	free(b);
	boot_files_free(&f);
	boot_files_free(&g);
}

int main(void)
{
	struct strvec real = {0};

	if (!mkdtemp(root))
		return 1;
	tree = xasprintf("%s/tree", root);
	shadow = xasprintf("%s/shadow", root);
	obj = xasprintf("%s/obj", root);
	obj2 = xasprintf("%s/obj2", root);
	free(put(tree, "d/a.c", "tree"));
	make_dirs(obj);
	make_dirs(obj2);
	sv_add(&real, "d");
	ok(!shadow_sync(shadow, tree, &real), "a shadow");
	test_times();
	test_append();
	test_hash();
	sv_free(&real);
	remove_tree(root);
	free(tree);
	free(shadow);
	free(obj);
	free(obj2);
	return done_testing();
}
