// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"
#include "treewrite.h"

static char root[] = "/tmp/test_treewrite.XXXXXX";
static char *tree;
static struct tree_write w;

static void put(const char *dir, const char *path, const char *text)
{
	char *full = xasprintf("%s/%s", dir, path);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	free(full);
}

/* NULL for what should not be there. */
static void holds(const char *path, const char *wanted, const char *what)
{
	char *full = xasprintf("%s/%s", tree, path);
	struct strbuf text = {0};
	int ret = file_read(full, &text);

	is(ret ? NULL : sb_str(&text), wanted, "%s: %s", what, path);
	sb_free(&text);
	free(full);
}

static char *in_tree(const char *path)
{
	return xasprintf("%s/%s", tree, path);
}

static void begin(void)
{
	char *old = in_tree("a/changes"), *other = in_tree("other");

	remove_tree(tree);
	put(tree, "a/changes", "old\n");
	put(tree, "b/goes", "gone\n");
	if (link(old, other) || chmod(old, 0700))
		printf("Bail out! no links\n");
	ok(!tree_write_lock(&w, tree), "locked");
	ok(!tree_write_begin(&w), "begun");
	put(w.new_files, "a/changes", "new\n");
	put(w.new_files, "c/d/comes", "come\n");
	free(old);
	free(other);
}

static int commit(const char *changes)
{
	struct strvec list = {0};
	int ret;

	sv_split(&list, changes, ";");
	ret = tree_write_commit(&w, &list);
	sv_free(&list);
	return ret;
}

static void as_before(const char *what)
{
	holds("a/changes", "old\n", what);
	holds("b/goes", "gone\n", what);
	holds("c/d/comes", NULL, what);
	ok(!tree_write_left(tree), "%s: nothing waits to be taken back", what);
}

#define ALL "M\ta/changes;D\tb/goes;A\tc/d/comes"

static void all(void)
{
	char *path = in_tree("a/changes"), *gone = in_tree("b");
	char *ours = in_tree(".rxasync-core");
	struct stat st;

	begin();
	ok(!commit(ALL), "all changes are made");
	holds("a/changes", "new\n", "all");
	holds("b/goes", NULL, "all");
	holds("c/d/comes", "come\n", "all");
	holds("other", "old\n", "another name of the file");
	ok(!stat(path, &st) && (st.st_mode & 07777) == 0644,
	   "a file that the patch makes a plain one is one");
	ok(!is_dir(gone), "a folder that is empty now is gone");
	tree_write_end(&w);
	ok(!is_dir(ours), "and so is ours");
	free(path);
	free(gone);
	free(ours);
}

static void none(void)
{
	char *dir = in_tree("c/d"), *out = in_tree("b"), *away = in_tree("../b");

	begin();
	ok(commit(ALL ";M\tnowhere") < 0, "a file that is not there");
	as_before("a file that is not there");
	tree_write_end(&w);

	begin();
	put(tree, "c", "in the way\n");
	ok(commit(ALL) == -ENOTDIR, "a file where a folder shall be");
	as_before("a file where a folder shall be");
	holds("c", "in the way\n", "what is in the way");
	tree_write_end(&w);

	begin();
	put(tree, "c/d/comes", "mine\n");
	ok(commit(ALL) == -EEXIST, "a new file that is there");
	holds("c/d/comes", "mine\n", "a new file that is there");
	holds("a/changes", "old\n", "a new file that is there");
	tree_write_end(&w);

	begin();
	if (rename(out, away) || symlink("../b", out))
		printf("Bail out! no links\n");
	ok(commit(ALL) == -EXDEV, "a folder that is a link to the outside");
	holds("b/goes", "gone\n", "a link to the outside");
	holds("a/changes", "old\n", "a link to the outside");
	tree_write_end(&w);
	remove_tree(away);
	free(dir);
	free(out);
	free(away);
}

/* As a kill leaves it: some changes made, the undo file there. */
static void killed(void)
{
	struct tree_write second;

	begin();
	ok(tree_write_lock(&second, tree) == -EWOULDBLOCK, "one at a time");
	ok(is_dir(w.new_files), "the other's folder stays");
	put(tree, ".rxasync-core/old/a/changes", "old\n");
	put(tree, ".rxasync-core/old/b/goes", "gone\n");
	put(tree, ".rxasync-core/undo",
	    "M\ta/changes\nD\tb/goes\nA\tc/d/comes\n");
	put(tree, "a/changes", "new\n");
	remove_tree(w.new_files);
	put(tree, "c/d/comes", "come\n");
	ok(tree_write_left(tree), "a kill is seen");
	tree_write_end(&w);
	ok(tree_write_left(tree), "only the next one takes it back");
	ok(!tree_write_lock(&w, tree), "the next one");
	as_before("after a kill");
	tree_write_end(&w);
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	tree = xasprintf("%s/tree", root);
	all();
	none();
	killed();
	remove_tree(root);
	free(tree);
	return done_testing();
}
