// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archfile.h"
#include "build.h"
#include "cmd.h"
#include "configspec.h"
#include "kconfig.h"
#include "report.h"

static bool read_chunk(struct build_options *o, const char *value)
{
	o->chunk = (size_t)number_up_to(value, 100000);
	if (!o->chunk)
		err("--chunk %s: give a number of units", value);
	return o->chunk;
}

static int read_options(struct build_options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{"arch", required_argument, NULL, 'a'},
		{"config", required_argument, NULL, 'K'},
		{"runner", required_argument, NULL, 'r'},
		{"chunk", required_argument, NULL, 'c'},
		{"commits", no_argument, NULL, 'C'},
		{0},
	};
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "+a:K:", longs, NULL)) != -1) {
		if (c == 'a' && *optarg)
			sv_add_once(&o->archs, optarg);
		else if (c == 'K' && *optarg)
			sv_add_once(&o->configs, optarg);
		else if (c == 'r' && optarg[strspn(optarg, " ")])
			o->runner = optarg;
		else if (c == 'C')
			o->commits = true;
		else if (c != 'c' || !read_chunk(o, optarg))
			return EXIT_USAGE;
	}
	return 0;
}

/* A path becomes absolute, so that it stays what it is. */
static int check_configs(struct build_options *o)
{
	for (size_t i = 0; i < o->configs.n; i++) {
		struct configspec spec = {0};
		char *better;

		if (!strcmp(o->configs.v[i], "randconfig")) {
			better = configspec_seeded();
		} else if (!file_exists(o->configs.v[i]) &&
			   o->configs.v[i][0] != '/' &&
			   !configspec_parse(&spec, o->configs.v[i])) {
			configspec_free(&spec);
			continue;
		} else {
			better = realpath(o->configs.v[i], NULL);
		}
		if (!better) {
			err("-K %s is neither a configuration of the kernel's "
			    "(allmodconfig, defconfig, ...) nor a file",
			    o->configs.v[i]);
			return EXIT_USAGE;
		}
		free(o->configs.v[i]);
		o->configs.v[i] = better;
	}
	return 0;
}

/* "all" stands for what is in arch/ and in the tree. */
static int check_archs(struct session *s, struct build_options *o)
{
	struct strvec archs = {0}, names = {0};

	if (sv_has(&o->archs, "auto") && (o->archs.n > 1 || o->configs.n)) {
		err("-a auto chooses all by itself: it takes no other -a, and no -K");
		return EXIT_USAGE;
	}
	archfile_names(&names);
	for (size_t i = 0; i < o->archs.n; i++) {
		if (strcmp(o->archs.v[i], "all")) {
			sv_add_once(&archs, o->archs.v[i]);
			continue;
		}
		for (size_t k = 0; k < names.n; k++) {
			char *inside = xasprintf("arch/%s/Kconfig",
						 kconfig_srcarch(names.v[k]));
			char *path = tree_path(s, inside);

			if (file_exists(path))
				sv_add_once(&archs, names.v[k]);
			free(path);
			free(inside);
		}
	}
	sv_free(&names);
	sv_free(&o->archs);
	o->archs = archs;
	return 0;
}

/* Is the entry of what was asked for now? */
static bool is_asked(const struct build_options *o, const json_t *entry)
{
	const char *config = json_str(entry, "config");

	if (build_is_auto(o))
		return true;
	if (o->archs.n && !sv_has(&o->archs, json_str(entry, "arch")))
		return false;
	return o->configs.n ? sv_has(&o->configs, config)
			    : !strcmp(config, "allmodconfig");
}

static bool has_passed(const struct unit *u)
{
	json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(u->build, "build"), i, entry)
		if (!strcmp(json_str(entry, "result"), "pass"))
			return true;
	return false;
}

/* A line for each unit that did not simply pass. */
static void print_unit(const struct unit *u, const struct build_options *o)
{
	/* What one configuration has need not be in another, too. */
	bool good = build_is_auto(o) && has_passed(u);
	json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(u->build, "build"), i, entry)
		if (is_asked(o, entry) &&
		    strcmp(json_str(entry, "result"), "pass") &&
		    !(good && !strcmp(json_str(entry, "result"), "not-built")))
			printf("%-9s %s (%s %s): %s\n",
			       json_str(entry, "result"), u->name,
			       json_str(entry, "arch"),
			       base_name(json_str(entry, "config")),
			       json_str(entry, "why"));
}

static void print_result(const struct session *s, const struct model *m,
			 const struct build_options *o,
			 const struct build_count *count)
{
	if (s->json) {
		report_print_stage(s, m, "build");
		return;
	}
	for (size_t i = 0; i < m->count; i++)
		if (session_wants(s, m->units[i]))
			print_unit(m->units[i], o);
	printf("build: %zu pass, %zu fail, %zu not built; %zu objects "
	       "compiled\n",
	       count->pass, count->fail, count->not_built, count->compiled);
}

static int build(struct session *s, const struct build_options *o)
{
	struct model m = {0};
	struct build_count count;
	int ret = model_load(s, &m);

	if (ret) {
		err("%s has no scan: run 'rxasync scan' and 'rxasync convert' "
		    "first",
		    s->ws);
		model_free(&m);
		return EXIT_USAGE;
	}
	ret = session_check_units(s, &m);
	if (!ret)
		ret = build_run(s, &m, o, &count);
	if (ret == -EINTR)
		ret = EXIT_ENVIRONMENT;
	else if (!s->dry_run && !o->print && !o->commits &&
		 (ret == EXIT_GOOD || ret == EXIT_UNIT_FAILED ||
		  ret == EXIT_UNTESTED))
		print_result(s, &m, o, &count);
	model_free(&m);
	return ret;
}

static int run(struct session *s, int argc, char **argv, bool print)
{
	struct build_options o = {.print = print};
	int ret = read_options(&o, argc, argv);

	for (int i = optind; !ret && i < argc; i++)
		sv_add(&s->units, argv[i]);
	if (!ret)
		ret = check_configs(&o);
	if (!ret)
		ret = check_archs(s, &o);
	if (!ret)
		ret = build(s, &o);
	sv_free(&o.archs);
	sv_free(&o.configs);
	return ret;
}

int cmd_build(struct session *s, int argc, char **argv)
{
	return run(s, argc, argv, false);
}

int cmd_jobs(struct session *s, int argc, char **argv)
{
	return run(s, argc, argv, true);
}
