// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "buildresult.h"
#include "tap.h"

static struct build_record *record(const char *object, const char *error,
				   const char *warnings)
{
	struct build_record *r = xcalloc(1, sizeof(*r));

	r->object = xstrdup(object);
	r->built = !error;
	r->module = true;
	r->error = error ? xstrdup(error) : NULL;
	r->log = xasprintf("  CC [M]  %s\n", object);
	sv_split(&r->norms, warnings, ",");
	for (size_t i = 0; i < r->norms.n; i++)
		sv_addf(&r->texts, "%s:%zu", r->norms.v[i], i);
	return r;
}

static const char *why(const struct build_result *r, const char **text)
{
	const char *word = build_result_judge(r);

	*text = r->error		? r->error :
		r->new_warnings.n	? r->new_warnings.v[0] :
		r->missing_why.n	? r->missing_why.v[0] :
					  NULL;
	return word;
}

/* One object before and after; NULL records were never reached. */
static void check(struct build_record *before, struct build_record *after,
		  const char *word, const char *text, const char *what)
{
	struct build_object o = {.path = (char *)"a.o", .on = true,
				 .module = true};
	struct build_result r = {0};
	const char *got;

	build_result_add(&r, &o, before, after);
	is(why(&r, &got), word, "%s: the word", what);
	is(got, text, "%s: why", what);
	build_result_free(&r);
	build_record_free(before);
	build_record_free(after);
}

static void test_judge(void)
{
	struct build_record *foreign = record("a.o", NULL, "");

	check(record("a.o", NULL, ""), record("a.o", NULL, ""), "pass", NULL,
	      "clean");
	check(record("a.o", NULL, "w,v"), record("a.o", NULL, "v,w"), "pass",
	      NULL, "the same warnings in another order");
	check(record("a.o", NULL, "w"), record("a.o", NULL, ""), "pass", NULL,
	      "a warning less");
	check(record("a.o", NULL, "w"), record("a.o", NULL, "w,x"), "fail",
	      "x:1", "a new warning");
	check(record("a.o", NULL, "w"), record("a.o", NULL, "w,w"), "fail",
	      "w:1", "the same warning once more");
	check(record("a.o", NULL, ""), record("a.o", "e", ""), "fail", "e",
	      "an error");
	check(record("a.o", "old", ""), NULL, "not-built",
	      "does not compile before the conversion: old",
	      "an error before");
	check(record("a.o", NULL, ""), NULL, "not-built",
	      "make did not reach it", "never reached");
	check(NULL, NULL, "not-built", "make did not reach it",
	      "never reached before");
	foreign->module = false;
	check(foreign, record("a.o", NULL, ""), "not-built",
	      "kbuild counts it to no module", "compiled, but not in the config");
	ok(!build_result_wants(NULL), "nothing known: not wanted");
}

static void test_write(void)
{
	char root[] = "/tmp/test_buildresult.XXXXXX";
	struct session s = {.ws = root};
	struct unit u = {.name = (char *)"x"};
	struct kbuild kb = {.arch = (char *)"x86_64",
			    .config = (char *)"allmodconfig"};
	struct build_object off = {.path = (char *)"b.o",
				   .why_off = (char *)"CONFIG_B is off"};
	struct build_object on = {.path = (char *)"a.o", .on = true};
	struct build_record *before = record("a.o", NULL, "");
	struct build_record *after = record("a.o", NULL, "");
	struct build_result r = {0};
	char *dir;
	json_t *entries;

	if (!mkdtemp(root))
		return;
	dir = unit_path(&s, &u, "");
	make_dirs(dir);
	build_result_add(&r, &on, before, after);
	build_result_add(&r, &off, NULL, NULL);
	ok(!build_result_write(&r, &s, &u, &kb, 5), "written");
	ok(build_result_is_current(&u, &kb, 5), "current");
	ok(!build_result_is_current(&u, &kb, 6), "another key");
	is(build_result_word(&u, &kb), "pass", "its word");
	kb.arch = (char *)"arm64";
	ok(!build_result_word(&u, &kb), "none for another architecture");
	ok(!build_result_write(&r, &s, &u, &kb, 7), "written for that");
	entries = json_object_get(u.build, "build");
	ok(json_array_size(entries) == 2, "both entries are there");
	is(json_string_value(json_object_get(json_array_get(entries, 0),
					     "why")),
	   "1 of 2 objects not built: CONFIG_B is off", "why");
	build_result_free(&r);
	build_result_add(&r, &on, NULL, NULL);
	ok(!build_result_write(&r, &s, &u, &kb, 8), "one never reached");
	ok(!build_result_is_current(&u, &kb, 8), "is tried again");
	build_result_free(&r);
	build_record_free(before);
	build_record_free(after);
	json_decref(u.build);
	free(dir);
	remove_tree(root);
}

int main(void)
{
	test_judge();
	test_write();
	return done_testing();
}
