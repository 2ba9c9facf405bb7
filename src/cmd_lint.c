// SPDX-License-Identifier: GPL-2.0-only
#include <getopt.h>
#include <stdio.h>

#include "cmd.h"
#include "lint.h"

/* "file:line: H3: text [chain]", as a compiler says it. */
static void print_text(const struct lint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->v[i];

		printf("%s:%d: %s: %s", f->file, f->line, f->id, f->text);
		if (f->chain)
			printf(" [%s]", f->chain);
		putchar('\n');
	}
}

static void print_json(const struct session *s, const struct lint *l)
{
	json_t *findings = json_array(), *units = json_array(), *j;

	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->v[i];

		json_array_append_new(
			findings,
			json_pack("{ss ss si ss so ss}", "id", f->id, "file",
				  f->file, "line", f->line, "text", f->text,
				  "chain",
				  f->chain ? json_string(f->chain) :
					     json_null(),
				  "unit", f->unit));
	}
	for (size_t i = 0; i < l->model.count; i++)
		if (session_wants(s, l->model.units[i]))
			json_array_append_new(
				units, json_string(l->model.units[i]->name));
	j = json_pack("{s{ssss} so so}", "tree", "version", s->version,
		      "flavour", flavour_name(s->flavour), "units", units,
		      "findings", findings);
	json_dumpf(j, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(j);
}

int cmd_lint(struct session *s, int argc, char **argv)
{
	static const struct option options[] = {{0}};
	const char *unknown;
	struct lint l = {0};
	int ret;

	optind = 1;
	if (getopt_long(argc, argv, "", options, NULL) != -1)
		return EXIT_USAGE;
	ret = lint_run(s, &l);
	unknown = ret ? NULL : session_unknown_unit(s, &l.model);
	if (unknown && l.drivers) {
		err("no unit, source file or folder '%s' with %s: see 'rxasync lint'",
		    unknown, NDO_ASYNC);
		ret = EXIT_USAGE;
	} else if (!ret) {
		if (s->json)
			print_json(s, &l);
		else
			print_text(&l);
		if (!l.drivers)
			err("no driver with %s%s%s", NDO_ASYNC,
			    unknown ? " answers to " : " here",
			    unknown ? unknown : "");
		else if (!s->json)
			fprintf(stderr,
				"%zu findings in %zu drivers with %zu async callbacks\n",
				l.n, l.drivers, l.callbacks);
		ret = !l.callbacks ? EXIT_UNTESTED :
		      l.n	   ? EXIT_UNIT_FAILED :
				     EXIT_GOOD;
	}
	lint_free(&l);
	return ret;
}
