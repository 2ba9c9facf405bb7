// SPDX-License-Identifier: GPL-2.0-only
/* report_print(): the totals on a terminal. */
#include <stdio.h>

#include "report.h"
#include "tally.h"

static void verdicts(const struct tally *t)
{
	printf("%-12s%12s%8s\n", "verdict", "assignments", "units");
	for (int v = CONVERTED; v <= FAILED; v++)
		printf("%-12s%12zu%8zu\n", verdict_name(v),
		       t->by_assignment[v], t->by_unit[v]);
	printf("%-12s%12zu%8zu\n", "all", t->assignments, t->units);
}

static void reasons_of(const struct tally *t)
{
	printf("\n%-20s%-12s%12s%8s\n", "reason", "verdict", "assignments",
	       "units");
	for (size_t i = 0; i < t->reasons.n; i++) {
		const struct tally_row *r = &t->reasons.v[i];

		for (int v = CONVERTED; v <= FAILED; v++)
			if (*r->key && (r->assignments[v] || r->units[v]))
				printf("%-20s%-12s%12zu%8zu\n", r->key,
				       verdict_name(v), r->assignments[v],
				       r->units[v]);
	}
}

static void stages(const struct tally *t)
{
	putchar('\n');
	for (int i = 0; i < STAGES; i++) {
		const char *comma = "";

		printf("%-12s", stage_name(i));
		for (int r = STAGE_PASS; r < STAGE_RESULTS; r++) {
			if (!t->stages[i][r])
				continue;
			printf("%s%zu %s", comma, t->stages[i][r],
			       stage_word(r));
			comma = ", ";
		}
		puts(*comma ? "" : "nothing to do");
	}
	if (t->new_warnings)
		printf("units with new warnings: %zu\n", t->new_warnings);
	if (t->checked)
		printf("checkpatch: %zu patches read, %zu with remarks, %zu with new ones\n",
		       t->checked, t->remarked, t->ours);
}

void report_print(const struct session *s, const struct model *m)
{
	struct tally t;

	tally_make(&t, s, m);
	printf("Linux %s, flavour %s\n\n", s->version,
	       flavour_name(s->flavour));
	verdicts(&t);
	if (t.reasons.n > 1 || (t.reasons.n && *t.reasons.v[0].key))
		reasons_of(&t);
	stages(&t);
	if (!s->dry_run)
		printf("\n%s/report.html\n%s/report.json\n", s->ws, s->ws);
	tally_free(&t);
}
