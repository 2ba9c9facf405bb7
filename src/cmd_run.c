// SPDX-License-Identifier: GPL-2.0-only
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"

/* Boots take long: they are asked for. */
static const char *const stages[] = {"scan",   "convert", "build",
				     "boot",   "series",  "report"};
static const char *const asked = "boot";

/* From good to bad, as one looks at the exit codes. */
static int worse(int a, int b)
{
	static const int rank[] = {
		[EXIT_GOOD] = 0,
		[EXIT_UNTESTED] = 1,
		[EXIT_UNIT_FAILED] = 2,
	};

	return rank[a] > rank[b] ? a : b;
}

static bool goes_on(int code)
{
	return code == EXIT_GOOD || code == EXIT_UNIT_FAILED ||
	       code == EXIT_UNTESTED;
}

static int run_stage(struct session *s, size_t i, const struct strvec *own)
{
	const struct command *c = command_find(stages[i]);
	struct strvec argv = {0};
	int ret = 0;

	if (c->needs & CMD_ASYNC)
		ret = session_need_async(s);
	if (ret)
		return ret;
	say_count(0, 0);
	say("RUN", "%zu/%zu %s: %s", i + 1, ARRAY_SIZE(stages), c->name,
	    c->description);
	say_end();
	sv_add(&argv, c->name);
	options_pick(&argv, own, c->name);
	optind = 0;
	ret = c->fn(s, (int)argv.n, argv.v);
	say_end();
	/* In order with the progress, where both go to one file. */
	fflush(stdout);
	sv_free(&argv);
	return ret;
}

/* Has one of the stage's results for the unit this word? */
static bool ended(const json_t *stage, const char *name, const char *result)
{
	json_t *b;
	size_t i;

	json_array_foreach(json_object_get(stage, name), i, b)
		if (!strcmp(json_str(b, "result"), result))
			return true;
	return false;
}

static void sum_up(struct session *s)
{
	size_t verdicts[FAILED + 1] = {0}, pass = 0, not_built = 0, booted = 0;
	struct model m = {0};

	if (!model_load(s, &m)) {
		for (size_t i = 0; i < m.count; i++) {
			const struct unit *u = m.units[i];

			if (!session_wants(s, u))
				continue;
			verdicts[u->verdict]++;
			pass += ended(u->build, "build", "pass");
			not_built += ended(u->build, "build", "not-built");
			booted += ended(u->boot, "boot", "pass");
		}
		fprintf(stderr,
			"rxasync: %zu units converted, %zu kept, %zu manual, %zu failed; %zu compile, %zu not built here, %zu boot as before; %s/report.html\n",
			verdicts[CONVERTED], verdicts[KEPT], verdicts[MANUAL],
			verdicts[FAILED], pass, not_built, booted, s->ws);
	}
	model_free(&m);
}

int cmd_run(struct session *s, int argc, char **argv)
{
	struct strvec own = {0};
	int ret = EXIT_GOOD, code = EXIT_GOOD;

	for (int i = 1; i < argc; i++)
		sv_add(&own, argv[i]);
	for (size_t i = 0; i < ARRAY_SIZE(stages) && goes_on(code); i++) {
		if (!strcmp(stages[i], asked) && !sv_has(&own, "--boot"))
			continue;
		code = run_stage(s, i, &own);
		ret = goes_on(code) ? worse(ret, code) : code;
	}
	sv_free(&own);
	if (goes_on(code) && !s->dry_run)
		sum_up(s);
	return ret;
}
