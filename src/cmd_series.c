// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "cmd.h"
#include "series.h"

static int take_max(struct series_options *o, const char *value)
{
	o->max = (size_t)number_up_to(value, 1000);
	if (o->max)
		return 0;
	err("--max %s: give a number of patches from 1 to 1000", value);
	return EXIT_USAGE;
}

/* As git check-ref-format wants it, as far as a branch of ours may need. */
static int take_branch(struct series_options *o, const char *value)
{
	if (!*value || strpbrk(value, " ~^:?*[\\\t\n") || *value == '-' ||
	    *value == '/' || *value == '.' || ends_with(value, "/") ||
	    ends_with(value, ".") || ends_with(value, ".lock") ||
	    strstr(value, "..") || strstr(value, "//") ||
	    strstr(value, "/.") || strstr(value, "@{")) {
		err("--branch '%s': git takes no such name", value);
		return EXIT_USAGE;
	}
	o->branch = value;
	return 0;
}

static int read_options(struct series_options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{"max", required_argument, NULL, 'm'},
		{"branch", required_argument, NULL, 'b'},
		{"prefix", required_argument, NULL, 'p'},
		{"tested-only", no_argument, NULL, 'o'},
		{0},
	};
	int c, ret = 0;

	optind = 0;
	while (!ret && (c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		switch (c) {
		case 'm':
			ret = take_max(o, optarg);
			break;
		case 'b':
			ret = take_branch(o, optarg);
			break;
		case 'p':
			o->prefix = optarg;
			break;
		case 'o':
			o->tested_only = true;
			break;
		default:
			ret = EXIT_USAGE;
		}
	}
	return ret;
}

int cmd_series(struct session *s, int argc, char **argv)
{
	struct series_options o = {.max = SERIES_MAX_DEFAULT};
	struct model m = {0};
	int ret = read_options(&o, argc, argv);

	if (ret)
		return ret;
	ret = model_load(s, &m);
	if (ret) {
		err("there is nothing to make a series of in %s: run 'rxasync scan' and 'rxasync convert' first",
		    s->ws);
		model_free(&m);
		return ret == -ENOENT ? EXIT_UNTESTED : EXIT_ENVIRONMENT;
	}
	ret = session_check_units(s, &m);
	if (!ret)
		ret = series_run(s, &m, &o);
	model_free(&m);
	return ret;
}
