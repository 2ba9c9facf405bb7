// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include "boottable.h"

static const char legacy[] =
	"KTAP version 1\n"
	"nic a dev=eth0 driver=drv mac=52:54:00:00:00:01\r\n"
	"nic b missing\n"
	"row a base want=110x00 got=110100 tries=1\n"
	"row a mc-join want=111x00 got=111000 tries=2\n"
	"row a gap want=1111 got=0000 tries=9\n"
	"row a wrong want=10 got=11 tries=3\n"
	"row a silent want=10 got=- tries=3\n"
	"skip a uc-fdb the driver has none\n"
	"row b base want=1 got=1 tries=1\n"
	"not ok 3 - a flap\n"
	"soft macvlan a up want=11 got=11 tries=1\n"
	"log BUG: something\n"
	"state taint=512 lockdep=off complaints=2\n"
	"rxasync-guest: end\n";

static const struct boot_row *row(const struct boot_table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->v[i].row, name))
			return &t->v[i];
	return NULL;
}

static void check_said(void)
{
	struct said s;

	said_read(&s, legacy, NULL);
	ok(s.row_count == 8, "rows, skipped and soft ones too: %zu",
	   s.row_count);
	is(said_find(&s, "a", "mc-join")->got, "111000", "what came");
	ok(said_find(&s, "a", "mc-join")->tries == 2, "how often it was tried");
	is(said_find(&s, "a", "uc-fdb")->why, "the driver has none",
	   "why a row was skipped");
	is(said_find(&s, "soft:macvlan:a", "up")->got, "11", "a soft device");
	is(said_nic(&s, "a")->driver, "drv", "a NIC and its driver");
	ok(said_nic(&s, "b") && !said_nic(&s, "b")->dev, "one that isn't there");
	ok(s.failed.n == 1 && !strcmp(s.failed.v[0], "a flap"), "a bad result");
	is(sb_str(&s.log), "BUG: something\n", "the log");
	ok(s.taint == 512 && s.complaints == 2, "the state");
	is(s.lockdep, "off", "of lockdep");
	ok(s.ended, "the end");
	said_free(&s);

	said_read(&s, "[    1.5] rxasync: row a base want=1 got=1 tries=1\n"
		      "[    1.6] row a no want=1 got=1 tries=1\n"
		      "[    1.7] rxasync: rxasync-guest: end\n", "rxasync: ");
	ok(s.row_count == 1 && s.ended, "among a kernel's lines");
	ok(s.taint == -1 && !s.lockdep, "what was not said is not known");
	said_free(&s);

	said_read(&s, "row\nrow a\nsoft\nskip x\nnic\nstate\nnot ok \n\n", NULL);
	ok(!s.row_count && !s.nic_count, "half lines are none");
	said_free(&s);
}

static void check_table(void)
{
	static const char converted[] =
		"row a base want=110x00 got=110100 tries=1\n"
		"row a mc-join want=111x00 got=110000 tries=9\n"
		"row a gap want=1111 got=0000 tries=9\n"
		"row a wrong want=10 got=11 tries=3\n"
		"row a silent want=10 got=- tries=3\n"
		"skip a uc-fdb the driver has none\n"
		"row a new want=1 got=1 tries=1\n";
	struct strvec gaps = {0};
	struct boot_table t = {0};
	struct said a, b;
	json_t *j;

	sv_add(&gaps, "gap");
	said_read(&a, legacy, NULL);
	said_read(&b, converted, NULL);
	boot_table_add(&t, "a", "", &a, &b, &gaps);
	ok(t.n == 7, "all rows of both: %zu", t.n);
	ok(row(&t, "base")->verdict == ROW_GOOD, "as before, and right");
	ok(row(&t, "mc-join")->verdict == ROW_WRONG, "a frame is missing");
	ok(row(&t, "gap")->verdict == ROW_GAP, "the model's gap");
	ok(row(&t, "wrong")->verdict == ROW_BOTH_WRONG, "wrong on both");
	ok(row(&t, "silent")->verdict == ROW_MISSING, "no answer on both");
	ok(row(&t, "uc-fdb")->verdict == ROW_SKIPPED, "skipped on both");
	ok(row(&t, "new")->verdict == ROW_MISSING, "a row of one side");
	ok(t.good == 1 && t.skipped == 1, "only what is good counts as such");
	is(boot_table_worst(&t)->row, "mc-join", "the worst row");
	j = boot_table_json(&t);
	is(json_string_value(json_object_get(json_array_get(j, 1),
					     "converted")),
	   "110000", "as JSON");
	ok(json_is_null(json_object_get(json_array_get(j, 5), "legacy")),
	   "nothing where nothing was");
	json_decref(j);
	boot_table_free(&t);

	boot_table_add(&t, "b", "on/", &a, &a, NULL);
	ok(t.n == 1 && t.good == 1 && !boot_table_worst(&t),
	   "a table with itself");
	is(t.v[0].row, "on/base", "with a prefix");
	boot_table_free(&t);
	boot_table_add(&t, "nobody", "", &a, &b, NULL);
	ok(!t.n && !t.good, "a NIC without rows has nothing good either");
	boot_table_free(&t);
	said_free(&a);
	said_free(&b);
	sv_free(&gaps);
}

/* Half an answer, and bits that differ only where both are right. */
static void check_bits(void)
{
	ok(bits_right("1x0", "110") && bits_right("1x0", "100"), "either");
	ok(!bits_right("1x0", "111"), "but not elsewhere");
	ok(!bits_right("1x0", "11"), "too short");
	ok(!bits_right("1x0", "-"), "nothing");
}

int main(void)
{
	check_said();
	check_table();
	check_bits();
	return done_testing();
}
