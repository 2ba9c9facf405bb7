// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "job.h"

static void defaults(struct session *s)
{
	const char *tree = getenv("TREE"), *ws = getenv("WS");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	s->tree = xstrdup(tree && *tree ? tree : ".");
	s->ws = ws && *ws ? xstrdup(ws) : NULL;
	s->jobs = cpus > 0 ? (int)cpus : 1;
}

/* What make and git hand down to us is not meant for those that we call. */
static void clean_environment(void)
{
	static const char *const names[] = {
		"MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "MAKELEVEL",
		"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX",
		"KBUILD_OUTPUT",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		unsetenv(names[i]);
	/* Their messages are read by us. */
	setenv("LC_ALL", "C", 1);
}

static int unknown_command(const char *name)
{
	const struct command *like = command_like(name);

	if (like)
		err("there is no command '%s', is '%s' meant? See 'rxasync help'",
		    name, like->name);
	else
		err("there is no command '%s', see 'rxasync help'", name);
	return EXIT_USAGE;
}

/* "help" or "help COMMAND". */
static int help(const struct session *s)
{
	const char *topic = s->units.n ? s->units.v[0] : NULL;
	const struct command *c = command_find(topic);

	if (topic && !c)
		return unknown_command(topic);
	help_usage(c);
	return 0;
}

static int prepare(struct session *s, const struct command *c)
{
	int ret = 0;

	if (c->needs & CMD_TREE)
		ret = session_probe_tree(s);
	if (!ret && (c->needs & CMD_ASYNC))
		ret = session_need_async(s);
	if (!ret && (c->needs & CMD_WORKSPACE))
		ret = session_open(s);
	return ret;
}

static int run_command(struct options *o, struct session *s)
{
	const struct command *c = command_find(o->command);
	struct strvec argv = {0};
	int ret = 0;

	if (!c)
		return unknown_command(o->command);
	job_dry_run(s->dry_run);
	job_verbose(s->verbose);
	if (!o->about)
		ret = prepare(s, c);
	if (!ret) {
		sv_add(&argv, c->name);
		sv_addv(&argv, &o->own);
		optind = 0;
		ret = c->fn(s, (int)argv.n, argv.v);
		say_end();
		sv_free(&argv);
	}
	return ret;
}

int main(int argc, char **argv)
{
	struct options o = {0};
	struct session s = {0};
	int ret;

	clean_environment();
	defaults(&s);
	ret = options_read(&o, &s, argc, argv);
	if (ret)
		;
	else if (o.version)
		puts("rxasync " RXASYNC_VERSION);
	else if (o.command && !strcmp(o.command, "help"))
		ret = help(&s);
	else if (o.help || !o.command)
		help_usage(command_find(o.command));
	else
		ret = run_command(&o, &s);
	if (!o.command && !o.help && !o.version)
		ret = EXIT_USAGE;
	if (fflush(stdout) || ferror(stdout)) {
		err("cannot write the output: %s", strerror(errno));
		ret = EXIT_ENVIRONMENT;
	}
	session_free(&s);
	sv_free(&o.own);
	return ret;
}
