// SPDX-License-Identifier: GPL-2.0-only
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "defer.h"
#include "explain.h"
#include "scan.h"

static void print_reasons(void)
{
	for (const struct reason *r = reasons; r->code; r++)
		printf("%-15s %-9s %s\n", r->code, verdict_name(r->verdict),
		       r->text);
	/* Why a callback keeps its work: no verdict, it is converted with it. */
	for (const struct keep_reason *r = keep_reasons; r->code; r++)
		printf("%-15s %-9s %s\n", r->code, "deferral", r->text);
}

static const char *word(const struct assignment *a)
{
	return a->reason ? a->reason : "-";
}

/* Without the prefix that all of them have. */
static const char *symbol(const struct assignment *a)
{
	if (!a->config)
		return "-";
	return a->config + (starts_with(a->config, "CONFIG_") ? 7 : 0);
}

static void print_table(const struct session *s, const struct scan *sc)
{
	size_t width = 4, callback = 8, config = 6;

	for (size_t i = 0; i < sc->model.count; i++) {
		const struct unit *u = sc->model.units[i];

		if (strlen(u->name) > width)
			width = strlen(u->name);
		for (size_t k = 0; k < u->assignment_count; k++) {
			const struct assignment *a = &u->assignments[k];

			if (strlen(a->callback) > callback)
				callback = strlen(a->callback);
			if (strlen(symbol(a)) > config)
				config = strlen(symbol(a));
		}
	}
	printf("%-*s %-9s %-14s %-11s %-*s %-*s %s\n", (int)width, "UNIT",
	       "VERDICT", "REASON", "CLASS", (int)config, "CONFIG",
	       (int)callback, "CALLBACK", "WHERE");
	for (size_t i = 0; i < sc->model.count; i++) {
		const struct unit *u = sc->model.units[i];

		for (size_t k = 0; k < u->assignment_count; k++) {
			const struct assignment *a = &u->assignments[k];

			if (session_wants(s, u))
				printf("%-*s %-9s %-14s %-11s %-*s %-*s %s:%d\n",
				       (int)width, u->name,
				       verdict_name(a->verdict), word(a),
				       a->class, (int)config, symbol(a),
				       (int)callback, a->callback, a->file,
				       a->line);
		}
	}
}

/* "file:line:col-col: message", as coccicheck's report mode has it. */
static void print_lines(const struct session *s, const struct scan *sc)
{
	for (size_t i = 0; i < sc->model.count; i++) {
		const struct unit *u = sc->model.units[i];

		for (size_t k = 0; k < u->assignment_count; k++) {
			const struct assignment *a = &u->assignments[k];

			if (!session_wants(s, u))
				continue;
			printf("%s:%d:%d-%d: %s: ", a->file, a->line, a->col,
			       a->col_end, verdict_name(a->verdict));
			printf("%s in %s (%s, %s)", a->callback, a->ops,
			       a->config ? a->config : "no symbol", a->class);
			if (a->reason)
				printf(": %s: %s", a->reason, a->note);
			putchar('\n');
		}
	}
}

static void print_totals(const struct session *s, const struct scan *sc)
{
	size_t by_verdict[FAILED + 1] = {0}, total = 0, units = 0;

	for (size_t i = 0; i < sc->model.count; i++) {
		const struct unit *u = sc->model.units[i];

		if (!session_wants(s, u))
			continue;
		units++;
		for (size_t k = 0; k < u->assignment_count; k++) {
			by_verdict[u->assignments[k].verdict]++;
			total++;
		}
	}
	printf("\nLinux %s, flavour %s: %zu assignments in %zu units", s->version,
	       flavour_name(s->flavour), total, units);
	for (int v = CONVERTED; v <= FAILED; v++)
		printf(", %zu %s", by_verdict[v], verdict_name(v));
	printf("\n%zu of %zu found by text in %zu files; %zu are async already\n",
	       total, sc->text_count, sc->files_read, sc->async_count);
}

static int print_json(const struct session *s, const struct scan *sc)
{
	json_t *units = json_array(), *j;

	for (size_t i = 0; i < sc->model.count; i++)
		if (session_wants(s, sc->model.units[i]))
			json_array_append_new(units,
					      unit_to_json(sc->model.units[i]));
	j = json_pack("{s{ssss}siso}", "tree", "version", s->version, "flavour",
		      flavour_name(s->flavour), "text_count",
		      (int)sc->text_count, "units", units);
	json_dumpf(j, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(j);
	return 0;
}

/* Each wanted unit's, one after the other; as JSON, an array. */
static void print_explanations(const struct session *s, const struct scan *sc)
{
	json_t *all = json_array(), *j;
	struct strbuf out = {0};

	for (size_t i = 0; i < sc->model.count; i++) {
		if (!session_wants(s, sc->model.units[i]))
			continue;
		j = explain_unit(sc->model.units[i]);
		sb_adds(&out, out.len ? "\n" : "");
		explain_print(&out, j);
		json_array_append_new(all, j);
	}
	if (s->json) {
		json_dumpf(all, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
		putchar('\n');
	} else {
		fputs(sb_str(&out), stdout);
	}
	json_decref(all);
	sb_free(&out);
}

int cmd_scan(struct session *s, int argc, char **argv)
{
	static const struct option options[] = {
		{"reasons", no_argument, NULL, 'r'},
		{"lines", no_argument, NULL, 'l'},
		{"explain", no_argument, NULL, 'e'},
		{0},
	};
	bool lines = false, explain = false;
	struct scan sc = {0};
	int c, ret;

	optind = 1;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'r') {
			print_reasons();
			return 0;
		}
		if (c != 'l' && c != 'e')
			return EXIT_USAGE;
		lines = lines || c == 'l';
		explain = explain || c == 'e';
	}
	ret = scan_run(s, &sc);
	if (ret > EXIT_UNIT_FAILED) {
		scan_free(&sc);
		return ret;
	}
	if (session_check_units(s, &sc.model)) {
		ret = EXIT_USAGE;
	} else {
		if (explain)
			print_explanations(s, &sc);
		else if (s->json)
			print_json(s, &sc);
		else if (lines)
			print_lines(s, &sc);
		else
			print_table(s, &sc);
		if (!s->json && !lines && !explain)
			print_totals(s, &sc);
	}
	scan_free(&sc);
	return ret;
}
