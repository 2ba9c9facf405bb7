// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "report.h"

static int cannot(const struct session *s, int error)
{
	if (error == -ENOENT)
		err("there is nothing to report on in %s: run 'rxasync scan' first",
		    s->ws);
	else
		err("the scan in %s is damaged (%s): run 'rxasync scan' again",
		    s->ws, strerror(-error));
	return error == -ENOENT ? EXIT_UNTESTED : EXIT_ENVIRONMENT;
}

static int print_json(const struct session *s, const struct model *m)
{
	json_t *j = report_build(s, m);
	char *text = json_dumps(j, JSON_INDENT(2) | JSON_SORT_KEYS);
	int ret = text && puts(text) >= 0 ? 0 : -EIO;

	free(text);
	json_decref(j);
	return ret;
}

static int worst(const struct session *s, const struct model *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (session_wants(s, m->units[i]) &&
		    m->units[i]->verdict == FAILED)
			return EXIT_UNIT_FAILED;
	return EXIT_GOOD;
}

static int make_report(struct session *s, struct model *m)
{
	int ret = session_check_units(s, m);

	if (ret)
		return ret;
	ret = report_run(s, m);
	if (ret) {
		err("cannot write the report in %s: %s; make room there, or give another workspace with -w DIR",
		    s->ws, strerror(-ret));
		return EXIT_ENVIRONMENT;
	}
	say_end();
	if (s->json)
		ret = print_json(s, m);
	else
		report_print(s, m);
	if (ret) {
		err("cannot write the report to the standard output");
		return EXIT_ENVIRONMENT;
	}
	return worst(s, m);
}

int cmd_report(struct session *s, int argc, char **argv)
{
	struct model m = {0};
	int ret;

	(void)argc;
	(void)argv;
	ret = model_load(s, &m);
	ret = ret ? cannot(s, ret) : make_report(s, &m);
	model_free(&m);
	return ret;
}
