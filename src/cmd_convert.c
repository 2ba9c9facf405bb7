// SPDX-License-Identifier: GPL-2.0-only
#include <getopt.h>
#include <stdio.h>

#include "cmd.h"
#include "convert.h"

static void print_deferral(const struct unit *u)
{
	if (u->keeps)
		printf("%s: keeps its work: %s: %s\n", u->name, u->keeps,
		       u->keeps_note);
	else
		printf("%s: does its work in the callback\n", u->name);
}

static void print_units(const struct session *s, const struct scan *sc)
{
	for (size_t i = 0; i < sc->model.count; i++) {
		const struct unit *u = sc->model.units[i];

		if (!session_wants(s, u) ||
		    (u->verdict != FAILED && !s->units.n))
			continue;
		if (u->verdict == CONVERTED)
			printf("%s: converted: %s/units/%s/convert.patch\n",
			       u->name, s->ws, u->name);
		else
			printf("%s: %s: %s: %s\n", u->name,
			       verdict_name(u->verdict), u->reason, u->note);
		if (s->collapse && u->deferral)
			print_deferral(u);
	}
}

int cmd_convert(struct session *s, int argc, char **argv)
{
	static const struct option options[] = {
		{"apply", no_argument, NULL, 'a'},
		{"collapse", no_argument, NULL, 'c'},
		{0},
	};
	struct convert_totals t = {0};
	struct scan sc = {0};
	bool apply = false;
	int c, ret;

	optind = 1;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'a')
			apply = true;
		else if (c == 'c')
			s->collapse = true;
		else
			return EXIT_USAGE;
	}
	ret = scan_run(s, &sc);
	if (!ret)
		ret = session_check_units(s, &sc.model);
	if (!ret) {
		ret = convert_run(s, &sc, &t);
		if (ret <= EXIT_UNIT_FAILED) {
			print_units(s, &sc);
			printf("%zu converted, %zu kept, %zu manual, %zu failed (spatch ran for %zu units)\n",
			       t.converted, t.kept, t.manual, t.failed, t.fresh);
		}
		if (apply && ret <= EXIT_UNIT_FAILED && !s->dry_run &&
		    convert_apply(s, &sc))
			ret = EXIT_ENVIRONMENT;
	}
	scan_free(&sc);
	return ret;
}
