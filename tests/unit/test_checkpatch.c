// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include "checkpatch.h"
#include "patch.h"
#include "recipients.h"

static const char diff[] =
	"a text that is no diff\n"
	"--- a/not/yet.c\n"
	"diff --git a/drivers/net/x.c b/drivers/net/x.c\n"
	"--- a/drivers/net/x.c\n"
	"+++ b/drivers/net/x.c\n"
	"@@ -10,5 +10,7 @@ context\n"
	" ten\n"
	"-eleven\n"
	"+new eleven\n"
	"+new twelve\n"
	"+--- not a header\n"
	" twelve\n"
	"-thirteen\n"
	"+new fifteen\n"
	" fourteen\n"
	"@@ -30 +32,2 @@\n"
	" thirty\n"
	"+new thirty-three\n"
	"diff --git a/drivers/net/y.c b/drivers/net/y.c\n"
	"--- a/drivers/net/y.c\t2024-01-01\n"
	"+++ b/drivers/net/y.c\t2024-01-01\n"
	"@@ -1,2 +1,1 @@\n"
	"-one\n"
	" two\n"
	"-- \n"
	"rxasync\n";

static void maps(const struct diff_blocks *bs, const char *path, int line,
		 int first, int count)
{
	int f, c;

	diff_old_lines(bs, path, line, &f, &c);
	ok(f == first && c == count, "%s:%d is %d+%d", path, line, f, c);
}

static void test_diff(void)
{
	struct diff_blocks bs = {0};
	struct strvec paths = {0};

	diff_blocks_read(&bs, diff);
	ok(bs.n == 4, "four runs, not %zu", bs.n);
	maps(&bs, "drivers/net/x.c", 5, 5, 1);
	maps(&bs, "drivers/net/x.c", 10, 10, 1);
	maps(&bs, "drivers/net/x.c", 11, 11, 1);
	maps(&bs, "drivers/net/x.c", 13, 11, 1);
	maps(&bs, "drivers/net/x.c", 14, 12, 1);
	maps(&bs, "drivers/net/x.c", 15, 13, 1);
	maps(&bs, "drivers/net/x.c", 16, 14, 1);
	maps(&bs, "drivers/net/x.c", 33, 31, 0);
	maps(&bs, "drivers/net/x.c", 40, 37, 1);
	maps(&bs, "drivers/net/y.c", 1, 2, 1);
	diff_blocks_free(&bs);
	diff_paths(diff, &paths);
	ok(paths.n == 2 && sv_has(&paths, "drivers/net/x.c") &&
	   sv_has(&paths, "drivers/net/y.c"), "two paths");
	sv_free(&paths);
}

static const char forward[] =
	"WARNING:LONG_LINE: line length of 85 exceeds 80 columns\n"
	"#12: FILE: drivers/net/x.c:12:\n"
	"+\ttext\n"
	"\n"
	"CHECK:BRACES: no braces\n"
	"#13: FILE: drivers/net/x.c:13:\n"
	"+ERROR: this is text\n"
	"\n"
	"WARNING:LONG_LINE: line length of 90 exceeds 80 columns\n"
	"#14: FILE: drivers/net/x.c:15:\n"
	"\n"
	"ERROR:BAD_SIGN_OFF: so it is\n"
	"#3: \n"
	"Some text\n"
	"\n"
	"WARNING:NO_PLACE: at all\n";

/* LONG_LINE in the first run and BRACES elsewhere stood there before. */
static const char backward[] =
	"WARNING:LONG_LINE: line length of 82 exceeds 80 columns\n"
	"#12: FILE: drivers/net/x.c:11:\n"
	"\n"
	"CHECK:BRACES: no braces\n"
	"#13: FILE: drivers/net/x.c:20:\n"
	"\n";

static void test_compare(void)
{
	struct complaints cs = {0}, reverse = {0};
	json_t *j;

	complaints_parse(&cs, forward);
	complaints_parse(&reverse, backward);
	ok(cs.n == 5 && reverse.n == 2, "all are read, the text is not");
	is(cs.v[0].type, "LONG_LINE", "type");
	is(cs.v[1].path, "drivers/net/x.c", "path");
	ok(cs.v[1].line == 13, "line");
	ok(!cs.v[3].path && complaints_at_lines(&cs), "about the message");
	complaints_compare(&cs, &reverse, diff);
	ok(!cs.v[0].ours, "it was there before");
	ok(cs.v[1].ours, "it was elsewhere before");
	ok(cs.v[2].ours, "one old complaint excuses one new");
	ok(cs.v[3].ours && cs.v[4].ours, "the message is ours");
	j = complaints_to_json(&cs);
	ok(json_array_size(j) == 5, "as JSON");
	is(json_string_value(json_object_get(json_array_get(j, 2), "at")),
	   "drivers/net/x.c:15", "with the place");
	json_decref(j);
	complaints_free(&cs);
	complaints_free(&reverse);
}

static void test_outcome(void)
{
	struct complaints cs = {0};
	struct job job = {.code = 0};

	ok(!checkpatch_read(&cs, &job), "clean");
	job.code = 1;
	ok(checkpatch_read(&cs, &job) < 0, "fault without a complaint");
	job.code = 2;
	sb_adds(&job.out, forward);
	ok(checkpatch_read(&cs, &job) < 0, "the script died");
	job.code = 0;
	ok(checkpatch_read(&cs, &job) < 0, "complaints and no fault");
	complaints_free(&cs);
	job.code = 1;
	ok(!checkpatch_read(&cs, &job) && cs.n == 5, "complaints");
	complaints_free(&cs);
	sb_free(&job.out);
}

static void test_recipients(void)
{
	static const char text[] =
		"\"David (x) Miller\" <d@example.net> (maintainer:NETWORKING)\n"
		"A Reviewer <r@example.net> (reviewer:NETWORKING)\n"
		"An Author <a@example.net> (commit_signer:3/4=75%)\n"
		"netdev@vger.kernel.org (open list:NETWORKING DRIVERS (X))\n"
		"netdev@vger.kernel.org (open list:NETWORKING)\n"
		"NETWORKING DRIVERS\n";
	struct strvec to = {0}, cc = {0};

	recipients_parse(text, &to, &cc);
	ok(to.n == 1 && cc.n == 3, "%zu to, %zu cc", to.n, cc.n);
	is(to.n ? to.v[0] : NULL, "\"David (x) Miller\" <d@example.net>",
	   "who looks after it");
	is(cc.n > 2 ? cc.v[2] : NULL, "netdev@vger.kernel.org", "a list");
	sv_free(&to);
	sv_free(&cc);
}

int main(void)
{
	test_diff();
	test_compare();
	test_outcome();
	test_recipients();
	return done_testing();
}
