// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "spatch.h"
#include "tap.h"

static void check_gaps(const char *output, const char *wanted, const char *what)
{
	struct parse_gaps gaps = {0};
	struct strbuf sb = {0};

	parse_gaps_read(&gaps, "d/x.c", output);
	for (size_t i = 0; i < gaps.n; i++)
		sb_addf(&sb, "%s%d:%d-%d", i ? " " : "", gaps.v[i].line,
			gaps.v[i].from, gaps.v[i].to);
	is(sb_str(&sb), wanted, "%s", what);
	sb_free(&sb);
	parse_gaps_free(&gaps);
}

/* A job as if it had ended so. */
static void check_failure(const char *err, int code, const char *wanted,
			  const char *what)
{
	struct job *job = job_new("spatch", NULL);
	char *why;

	sb_adds(&job->err, err);
	job->code = code;
	why = spatch_failure(job);
	is(why, wanted, "%s", what);
	free(why);
	job_free(job);
}

static void check_ends(void)
{
	struct job *job = job_new("spatch", NULL);
	char *why;

	job->deadline = 7;
	job->timed_out = true;
	job->code = 137;
	why = spatch_failure(job);
	is(why, "spatch did not end within 7 s", "a deadline");
	free(why);
	job->timed_out = false;
	job->error = -ENOENT;
	why = spatch_failure(job);
	is(why, "spatch did not start: No such file or directory",
	   "one that did not start");
	free(why);
	job_free(job);
	setenv("RXASYNC_SPATCH_DEADLINE", "12", 1);
	ok(spatch_deadline() == 12, "a deadline from outside");
	setenv("RXASYNC_SPATCH_DEADLINE", "-1", 1);
	ok(spatch_deadline() == 300, "one that makes no sense");
	unsetenv("RXASYNC_SPATCH_DEADLINE");
	ok(spatch_deadline() == 300, "the usual one");
}

int main(void)
{
	check_gaps("", "", "nothing");
	check_gaps("ERROR-RECOV: found sync '}' at line 9\n"
		   "parse error \n = File \"d/x.c\", line 5, column 2, charpos = 40\n"
		   "  around = 'x',\n  whole content = \tx y z\n"
		   "badcount: 4\nbad: int f(void)\nbad: {\nBAD:!!!!! \tx y z\nbad: }\n"
		   "-----\n", "5:3-6", "a gap with its lines");
	check_gaps(" = File \"d/other.c\", line 5, column 2\nBAD:!!!!! x\n\n", "",
		   "another file's");
	check_gaps(" = File \"d/x.c\", line 5, column 2\nbad: a\nBAD:!!!!! b", "5:4-5",
		   "one that ends with the text");
	check_gaps(" = File \"d/x.c\", line 5, column 2\nno bad lines\n", "",
		   "an error without a gap");
	check_gaps(" = File \"d/x.c\", line 5, c\nBAD:!!!!! b\n-\n"
		   " = File \"d/x.c\", line 15, c\nBAD:!!!!! b\nbad: c\n-\n",
		   "5:5-5 15:15-16", "two gaps");
	check_failure("", 0, NULL, "all is well");
	check_failure("warning: line 3: should x be a metavariable?\n", 0, NULL,
		      "a warning is no failure");
	check_failure("a\nFatal error: exception Failure(\"x\")\nb\n", 2,
		      "Fatal error: exception Failure(\"x\")", "an exception");
	check_failure("x: already tagged token:\nC code context\n", 255,
		      "x: already tagged token:", "a token tagged twice");
	check_failure("EXN: Coccinelle_modules.Common.Timeout in x.c\n", 0,
		      "EXN: Coccinelle_modules.Common.Timeout in x.c",
		      "a failure that ends with 0");
	check_failure("", 3, "spatch ended with exit code 3", "only a code");
	check_ends();
	return done_testing();
}
