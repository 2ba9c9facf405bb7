// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "model.h"
#include "tap.h"

static void add_assignment(struct unit *u, int line, const char *callback)
{
	struct assignment *a = unit_add_assignment(u);

	a->file = xstrdup("drivers/net/x.c");
	a->line = line;
	a->col = 3;
	a->col_end = 17;
	a->ops = xstrdup("x_ops");
	a->callback = xstrdup(callback);
	a->form = xstrdup("designated");
	a->class = xstrdup("walk");
}

static struct unit *sample(struct model *m)
{
	struct unit *u = model_add(m, "x");

	sv_add(&u->files, "drivers/net/x.c");
	u->config = xstrdup("CONFIG_X");
	add_assignment(u, 7, "f");
	add_assignment(u, 9, "g");
	hazard_add(&u->hazards, "H7", xstrdup("drivers/net/x.c:3"), MENDED,
		   xstrdup("a \"note\" \xc3\xa9"));
	hazard_add(&u->hazards, "H8", xstrdup("drivers/net/x.c:4"), OPEN,
		   xstrdup("b"));
	/* The same once more. */
	hazard_add(&u->hazards, "H8", xstrdup("drivers/net/x.c:4"), OPEN,
		   xstrdup("c"));
	return u;
}

/* What is read is what was written. */
static void check_round_trip(void)
{
	struct model m = {0}, n = {0};
	struct unit *u = sample(&m);
	json_t *j, *k;

	unit_decide(u, MANUAL, "addr-lock", "%s:%d", "x.c", 4);
	j = unit_to_json(u);
	ok(j && !unit_from_json(&n, j), "a unit through JSON");
	k = unit_to_json(n.units[0]);
	ok(json_equal(j, k), "is the same unit");
	u = model_find(&n, "x");
	ok(u && u->verdict == MANUAL && u->assignment_count == 2 &&
	   u->hazards.n == 2, "verdict, assignments, hazards");
	is(u->assignments[1].reason, "addr-lock", "the assignments' reason");
	is(u->note, "x.c:4", "the note");
	is(u->status, NULL, "what there was none of");
	json_decref(j);
	json_decref(k);
	model_free(&m);
	model_free(&n);
}

static void check_broken(void)
{
	static const char *const texts[] = {
		"{}", "[]", "null", "{\"name\": \"x\"}",
		"{\"name\": 1, \"verdict\": \"manual\"}",
		"{\"name\": \"x\", \"verdict\": \"good\"}",
		"{\"name\": \"x\", \"verdict\": \"manual\", \"assignments\": [{}]}",
		"{\"name\": \"x\", \"verdict\": \"manual\", \"assignments\": [3]}",
		"{\"name\": \"x\", \"verdict\": \"manual\", \"hazards\": [{\"id\": 4}]}",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct model m = {0};
		json_t *j = json_loads(texts[i], JSON_DECODE_ANY, NULL);

		ok(unit_from_json(&m, j) == -EINVAL, "refused: %s", texts[i]);
		json_decref(j);
		model_free(&m);
	}
}

static void check_words(void)
{
	struct model m = {0};

	for (int v = CONVERTED; v <= FAILED; v++)
		ok(verdict_parse(verdict_name(v)) == v, "%s", verdict_name(v));
	ok(verdict_parse("") == -EINVAL && verdict_parse(NULL) == -EINVAL,
	   "no verdict");
	for (const struct reason *r = reasons; r->code; r++) {
		ok(reason_find(r->code) == r && *r->text &&
		   (r->verdict != CONVERTED), "reason %s", r->code);
		for (const struct reason *s = r + 1; s->code; s++)
			if (!strcmp(r->code, s->code))
				ok(false, "%s stands twice", r->code);
	}
	ok(!reason_find("nonsense") && !reason_find(NULL), "no reason");
	for (const struct hazard_kind *h = hazard_kinds; h->id; h++)
		ok(!strcmp(hazard_title(h->id), h->title), "hazard %s", h->id);
	sample(&m);
	model_add(&m, "a");
	model_sort(&m);
	is(m.units[0]->name, "a", "sorted by name");
	model_free(&m);
}

static void check_join(void)
{
	struct model m = {0};
	struct unit *a = model_add(&m, "a"), *b = model_add(&m, "b");

	for (int i = 0; i < 2; i++) {
		struct assignment *x = unit_add_assignment(i ? b : a);

		x->file = xstrdup(i ? "a.c" : "b.c");
		x->line = 7;
	}
	model_join(&m, a, b);
	ok(m.count == 1 && a->assignment_count == 2, "joined");
	is(a->assignments[0].file, "a.c", "sorted by file");
	sv_add(&a->files, "a.c");
	hazard_add(&a->hazards, "H1", xstrdup("a.c:7"), OPEN, xstrdup(""));
	unit_reset(a);
	ok(!a->files.n && !a->hazards.n, "ready for another plan");
	model_free(&m);
}

int main(void)
{
	check_round_trip();
	check_broken();
	check_words();
	check_join();
	return done_testing();
}
