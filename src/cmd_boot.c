// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "boot.h"
#include "cmd.h"
#include "report.h"

static int read_options(struct boot_options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{"machine", required_argument, NULL, 'M'},
		{"variant", required_argument, NULL, 'r'},
		{"accel", required_argument, NULL, 'c'},
		{"again", no_argument, NULL, 'g'},
		{"timeout", required_argument, NULL, 'o'},
		{0},
	};
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "+M:", longs, NULL)) != -1) {
		switch (c) {
		case 'M':
			sv_add_once(&o->machines, optarg);
			break;
		case 'r':
			o->variant = optarg;
			break;
		case 'c':
			o->accel = optarg;
			break;
		case 'g':
			o->again = true;
			break;
		case 'o':
			o->timeout = (int)number_up_to(optarg, INT_MAX);
			if (o->timeout)
				break;
			err("--timeout takes seconds, not '%s'", optarg);
			return EXIT_USAGE;
		default:
			return EXIT_USAGE;
		}
	}
	if (o->accel && strcmp(o->accel, "kvm") && strcmp(o->accel, "tcg")) {
		err("--accel is kvm or tcg, not '%s'", o->accel);
		return EXIT_USAGE;
	}
	/* It becomes a file's name. */
	if (o->variant && (strchr(o->variant, '/') || *o->variant == '.')) {
		err("--variant is a name, not '%s'", o->variant);
		return EXIT_USAGE;
	}
	return 0;
}

static void print_entry(const struct unit *u, const json_t *e)
{
	json_int_t states = json_integer_value(json_object_get(e, "states"));

	if (!strcmp(json_str(e, "result"), "pass"))
		printf("%-5s %s (%s %s): %d states, frames as before, %s, lockdep %s\n",
		       "pass", u->name, json_str(e, "machine"),
		       json_str(e, "nic"), (int)states, json_str(e, "accel"),
		       json_str(e, "lockdep"));
	else if (!strcmp(json_str(e, "machine"), "-"))
		printf("%-5s %s: %s\n", json_str(e, "result"), u->name,
		       json_str(e, "why"));
	else
		printf("%-5s %s (%s %s): %s\n", json_str(e, "result"), u->name,
		       json_str(e, "machine"), json_str(e, "nic"),
		       json_str(e, "why"));
}

static void print_result(const struct session *s, const struct model *m,
			 const struct boot_count *count)
{
	size_t none = 0;

	if (s->json) {
		report_print_stage(s, m, "boot");
		return;
	}
	for (size_t i = 0; i < m->count; i++) {
		const struct unit *u = m->units[i];
		json_t *e;
		size_t k;

		if (!session_wants(s, u))
			continue;
		json_array_foreach(json_object_get(u->boot, "boot"), k, e) {
			/* Of those that nobody named, the number will do. */
			if (!s->units.n && !s->verbose &&
			    !strcmp(json_str(e, "machine"), "-"))
				none++;
			else
				print_entry(u, e);
		}
	}
	if (none)
		printf("%-5s %zu units: no-model, or on other machines only (-v names them)\n",
		       "skip", none);
	printf("boot: %zu pass, %zu fail, %zu skipped; %zu machines started\n",
	       count->pass, count->fail, count->skip, count->booted);
}

static int boot(struct session *s, const struct boot_options *o)
{
	struct model m = {0};
	struct boot_count count = {0};
	int ret = model_load(s, &m);

	if (ret) {
		err("%s has no scan: run 'rxasync scan' and 'rxasync convert' "
		    "first",
		    s->ws);
		model_free(&m);
		return EXIT_USAGE;
	}
	ret = session_check_units(s, &m);
	if (!ret) {
		ret = boot_run(s, &m, o, &count);
		say_end();
	}
	if (ret == -EINTR)
		ret = EXIT_ENVIRONMENT;
	else if (!s->dry_run &&
		 (ret == EXIT_GOOD || ret == EXIT_UNIT_FAILED ||
		  ret == EXIT_UNTESTED))
		print_result(s, &m, &count);
	model_free(&m);
	return ret;
}

int cmd_boot(struct session *s, int argc, char **argv)
{
	struct boot_options o = {0};
	int ret = read_options(&o, argc, argv);

	for (int i = optind; !ret && i < argc; i++)
		sv_add(&s->units, argv[i]);
	if (!ret)
		ret = boot(s, &o);
	sv_free(&o.machines);
	return ret;
}
