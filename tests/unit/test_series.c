// SPDX-License-Identifier: GPL-2.0-only
/* The whole stage, on a small tree without git and on one with it. */
#include "tap.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "git.h"
#include "job.h"
#include "series.h"

static char *top;

static const char checkpatch_pl[] =
	"my ($p) = grep { !/^-./ } @ARGV;\n"
	"my ($n, $found) = (0, 0);\n"
	"open(my $in, $p eq '-' ? '<&STDIN' : \"<$p\") or die;\n"
	"while (<$in>) {\n"
	"  $file = $1 if m{^\\+\\+\\+ b/(\\S+)};\n"
	"  $n = $1, next if /^@@ -\\S+ \\+(\\d+)/;\n"
	"  if ($file && /^\\+.*LONG/) {\n"
	"    print \"WARNING:LONG_LINE: long\\n#1: FILE: $file:$n:\\n$_\\n\";\n"
	"    $found = 1;\n"
	"  }\n"
	"  $n++ if /^[ +]/;\n"
	"}\n"
	"exit $found;\n";

static const char maintainer_pl[] =
	"print \"A Person <a\\@example.org> (maintainer:X)\\n\";\n"
	"print \"netdev\\@vger.kernel.org (open list:X)\\n\";\n";

static char *at(const char *base, const char *inside)
{
	return xasprintf("%s/%s/%s", top, base, inside);
}

static void put(const char *base, const char *inside, const char *text)
{
	char *path = at(base, inside);

	if (make_parents(path) || file_write(path, text, strlen(text)))
		printf("Bail out! cannot write %s\n", path);
	free(path);
}

static char *get(const char *base, const char *inside)
{
	char *path = at(base, inside);
	struct strbuf sb = {0};

	file_read(path, &sb);
	free(path);
	return sb_detach(&sb);
}

static bool holds(const char *base, const char *inside, const char *part)
{
	char *text = get(base, inside);
	bool found = strstr(text, part);

	free(text);
	return found;
}

/* A driver, its conversion, and the unit's folder. */
static void add_unit(struct model *m, const char *tree, const char *ws,
		     const char *name, const char *old, const char *new,
		     const char *result)
{
	char *file = xasprintf("drivers/net/ethernet/toy/%s.c", name);
	char *dir = xasprintf("%s/units/%s", ws, name), *s;
	struct unit *u = model_add(m, name);
	struct assignment *a = unit_add_assignment(u);

	a->file = xstrdup(file);
	a->callback = xasprintf("%s_rx", name);
	sv_add(&u->files, file);
	u->verdict = CONVERTED;
	u->status = xstrdup("Orphan");
	u->convert = json_pack("{ss}", "description", "Changes a line.");
	u->build = json_pack("{s[{ss ss ss s[]}]}", "build", "arch", "x86_64",
			     "config", "allmodconfig", "result", result,
			     "new_warnings");
	s = xasprintf("one\n%s\nthree\n", old);
	put(tree, file, s);
	free(s);
	s = xasprintf("%s/after/%s", dir, file);
	free(file);
	file = xasprintf("one\n%s\nthree\n", new);
	put("", s, file);
	free(s);
	s = xasprintf("--- a/drivers/net/ethernet/toy/%s.c\n"
		      "+++ b/drivers/net/ethernet/toy/%s.c\n"
		      "@@ -1,3 +1,3 @@\n one\n-%s\n+%s\n three\n",
		      name, name, old, new);
	free(file);
	file = xasprintf("%s/convert.patch", dir);
	put("", file, s);
	free(s);
	free(file);
	free(dir);
}

static void make_tree(struct model *m, const char *tree, const char *ws)
{
	put(tree, "Makefile", "VERSION = 7\n");
	put(tree, "MAINTAINERS", "");
	put(tree, "scripts/checkpatch.pl", checkpatch_pl);
	put(tree, "scripts/get_maintainer.pl", maintainer_pl);
	add_unit(m, tree, ws, "alpha", "old", "new", "pass");
	add_unit(m, tree, ws, "beta", "old LONG", "new LONG", "pass");
	add_unit(m, tree, ws, "delta", "old", "new LONG", "pass");
	add_unit(m, tree, ws, "gamma", "old", "new", "not-built");
	put(ws, "scan.json", "{\"spatch\": \"1.1.1\"}");
}

static void session_make(struct session *s, const char *tree, const char *ws)
{
	*s = (struct session){.jobs = 2, .flavour = FLAVOUR_INT};
	s->tree = xasprintf("%s/%s", top, tree);
	s->ws = xasprintf("%s/%s", top, ws);
	s->version = xstrdup("7.3.4");
}

static void session_drop(struct session *s)
{
	free(s->tree);
	free(s->ws);
	free(s->version);
	free(s->spatch_version);
}

/* The first complaint of a unit is "ours", is not, or there is none. */
static const char *first_complaint(const struct model *m, const char *name)
{
	json_t *list = json_object_get(model_find(m, name)->series,
				       "checkpatch");
	json_t *ours = json_object_get(json_array_get(list, 0), "ours");

	if (!json_is_array(list))
		return "not checked";
	return !ours ? "none" : json_is_true(ours) ? "ours" : "older";
}

static long long inode(const char *base, const char *inside)
{
	char *path = at(base, inside);
	struct stat st;
	long long n = stat(path, &st) ? -1 : (long long)st.st_ino;

	free(path);
	return n;
}

static void check_outcome(const struct model *m, const char *ws)
{
	static const char first[] =
		"series/wave-01/0001-net-toy-alpha-convert-to-ndo_set_rx_mode_"
		"async.patch";
	static const char second[] =
		"series/wave-02/0001-net-toy-gamma-convert-to-ndo_set_rx_mode_"
		"async.patch";
	char *to;

	ok(holds(ws, first, "[PATCH net-next 1/3] net: toy: alpha: convert to"),
	   "the subject");
	ok(holds(ws, first, "Coccinelle 1.1.1"), "the log");
	ok(holds(ws, first, "\n-old\n+new\n"), "the change");
	ok(holds(ws, second, "[PATCH net-next] net: toy: gamma"),
	   "a wave of one, for what was not compiled");
	ok(holds(ws, "series/wave-01/0000-cover-letter.patch",
		 "net: toy: convert 3 drivers"), "the cover's subject");
	ok(holds(ws, "series/wave-01/0000-cover-letter.patch",
		 "Nobody looks after 3"), "orphans are named");
	ok(!holds(ws, "series/wave-01/0000-cover-letter.patch", "*** "),
	   "nothing is left to fill in");
	to = get(ws, "series/wave-01/0000-cover-letter.patch.to");
	is(to, "A Person <a@example.org>\n", "recipients");
	free(to);
	is(first_complaint(m, "alpha"), "none", "checkpatch: clean");
	is(first_complaint(m, "beta"), "older", "checkpatch: as before");
	is(first_complaint(m, "delta"), "ours", "checkpatch: our fault");
	ok(holds(ws, "units/beta/series.json", "\"wave\": 1"), "series.json");
	ok(!holds(ws, "series/index.json", "Signed-off-by") &&
	   !holds(ws, first, "Signed-off-by"), "no sign-off");
	ok(inode(ws, "series.tmp") < 0 && inode(ws, "series.old") < 0 &&
	   inode(ws, "series/am") < 0, "nothing is left over");
}

static void test_plain_tree(void)
{
	struct series_options o = {.max = 15};
	struct model m = {0};
	struct session s;
	long long made;

	session_make(&s, "tree", "ws");
	make_tree(&m, "tree", "ws");
	ok(series_run(&s, &m, &o) == EXIT_GOOD, "a tree without git");
	check_outcome(&m, "ws");
	made = inode("ws", "series");
	ok(series_run(&s, &m, &o) == EXIT_GOOD && made == inode("ws", "series"),
	   "a second run makes nothing");
	o.tested_only = true;
	ok(series_run(&s, &m, &o) == EXIT_GOOD &&
	   inode("ws", "series/wave-02") < 0 &&
	   inode("ws", "units/gamma/series.json") < 0,
	   "without what was not compiled");
	put("ws", "units/alpha/after/drivers/net/ethernet/toy/alpha.c", "x\n");
	o.max = 2;
	ok(series_run(&s, &m, &o) == EXIT_UNIT_FAILED &&
	   inode("ws", "series/wave-01/0003-net-toy-delta-convert-to-ndo_set_"
		       "rx_mode_async.patch") > 0,
	   "what convert did not check is refused, the old series stays");
	json_object_set_new(model_find(&m, "delta")->build, "key",
			    json_string("that of an older conversion"));
	put("ws", "units/alpha/after/drivers/net/ethernet/toy/alpha.c",
	    "one\nnew\nthree\n");
	ok(series_run(&s, &m, &o) == EXIT_GOOD &&
	   inode("ws", "units/delta/series.json") < 0,
	   "an old build is no build");
	put("tree", "drivers/net/ethernet/toy/alpha.c", "other\n");
	ok(series_run(&s, &m, &o) == EXIT_UNIT_FAILED, "nor what does not fit");
	model_free(&m);
	ok(series_run(&s, &m, &o) == EXIT_UNTESTED, "nothing is converted");
	session_drop(&s);
}

static bool git(const char *tree, const char *a, const char *b, const char *c)
{
	bool good;
	struct job *job = job_new("git", "-c", "user.name=A", "-c",
				  "user.email=a@example.org", "-C", tree, a, b,
				  c, NULL);

	good = !job_run(job) && !job->code;
	if (!good)
		printf("# git %s: %s\n", a, sb_str(&job->err));
	job_free(job);
	return good;
}

static void test_git_tree(void)
{
	struct series_options o = {.max = 15, .prefix = "PATCH x",
				   .branch = "my/branch"};
	struct model m = {0};
	struct session s;
	struct git_tree gt;
	char *repo;

	session_make(&s, "git tree", "git ws");
	make_tree(&m, "git tree", "git ws");
	ok(git(s.tree, "init", "--quiet", NULL) &&
	   git(s.tree, "add", ".", NULL) &&
	   git(s.tree, "commit", "--quiet", "--message=toy: alpha: begin"),
	   "git works");
	ok(series_run(&s, &m, &o) == EXIT_GOOD, "a tree with git");
	ok(!git_tree_open(&gt, s.tree) && gt.head, "has a HEAD");
	ok(gt.head && holds("git ws", "series/wave-01/0000-cover-letter.patch",
			    gt.head), "which the cover names as base");
	ok(holds("git ws", "units/alpha/series.json", "toy: alpha: convert"),
	   "the subject has the history's prefix");
	ok(holds("git ws", "units/alpha/series.json",
		 "series/wave-01/0001-toy-alpha"), "and so has the file");
	repo = at("git ws", "series/git");
	ok(git(s.tree, "fetch", "--quiet", repo) &&
	   git(s.tree, "rev-parse", "--verify", "FETCH_HEAD~4") &&
	   git(s.tree, "diff", "--exit-code", "FETCH_HEAD~4"),
	   "the branch can be fetched and stands on HEAD");
	free(repo);
	put("git tree", "drivers/net/ethernet/toy/alpha.c", "one\nold\nmore\n");
	ok(series_run(&s, &m, &o) == EXIT_UNIT_FAILED &&
	   inode("git ws", "units/alpha/series.json") < 0 &&
	   inode("git ws", "units/beta/series.json") > 0,
	   "a file that is not as in HEAD leaves its unit out");
	git_tree_free(&gt);
	model_free(&m);
	session_drop(&s);
}

/* Two units in one file, of which each knows only its own change. */
static void test_shared_file(void)
{
	static const char file[] = "drivers/net/ethernet/toy/both.c";
	static const char old[] = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
	static const char diff[] =
		"--- a/drivers/net/ethernet/toy/both.c\n"
		"+++ b/drivers/net/ethernet/toy/both.c\n";
	struct series_options o = {.max = 1};
	struct model m = {0};
	struct session s;
	char *text;

	session_make(&s, "shared", "shared-ws");
	make_tree(&m, "shared", "shared-ws");
	put("shared", file, old);
	text = xasprintf("%s@@ -1,4 +1,4 @@\n 1\n-2\n+two\n 3\n 4\n", diff);
	put("shared-ws/units/alpha", "convert.patch", text);
	free(text);
	text = xasprintf("%s@@ -6,4 +6,4 @@\n 6\n 7\n-8\n+eight\n 9\n", diff);
	put("shared-ws/units/gamma", "convert.patch", text);
	free(text);
	text = xasprintf("after/%s", file);
	put("shared-ws/units/alpha", text, "1\ntwo\n3\n4\n5\n6\n7\n8\n9\n");
	put("shared-ws/units/gamma", text, "1\n2\n3\n4\n5\n6\n7\neight\n9\n");
	free(text);
	ok(series_run(&s, &m, &o) == EXIT_GOOD, "two units in one file");
	ok(holds("shared-ws", "units/alpha/series.json", "\"wave\": 2") &&
	   holds("shared-ws", "units/gamma/series.json", "\"wave\": 2"),
	   "are in one wave, whatever its bound");
	model_free(&m);
	session_drop(&s);
}

int main(void)
{
	char dir[] = "/tmp/rxa-series-XXXXXX";

	if (!mkdtemp(dir))
		return 1;
	top = dir;
	setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
	say_quiet(true);
	test_plain_tree();
	test_git_tree();
	test_shared_file();
	remove_tree(dir);
	return done_testing();
}
