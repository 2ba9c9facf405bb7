// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../src/report.h"
#include "../../src/tally.h"
#include "tap.h"

static struct session s;

static struct unit *add(struct model *m, const char *name, const char *file,
			enum verdict v, const char *reason)
{
	struct unit *u = model_add(m, name);
	struct assignment *a = unit_add_assignment(u);

	sv_add(&u->files, file);
	a->file = xstrdup(file);
	a->line = 42;
	a->col = 3;
	a->col_end = 17;
	a->ops = xasprintf("%s_ops", name);
	a->callback = xasprintf("%s_set_rx_mode", name);
	a->form = xstrdup("designated");
	a->class = xstrdup("walk");
	hazard_add(&u->hazards, "H10", xasprintf("%s:7", file), RULED_OUT,
		   xstrdup("a <b> & c"));
	hazard_add(&u->hazards, "H2", xasprintf("%s:9", file),
		   v == CONVERTED ? MENDED : OPEN, xstrdup("two"));
	unit_decide(u, v, reason, "note on %s </pre><script>", name);
	return u;
}

static void put_file(const struct unit *u, const char *file, const char *text)
{
	char *path = unit_path(&s, u, file);

	ok(!make_parents(path) && !file_write(path, text, strlen(text)),
	   "%s of %s is written", file, u->name);
	free(path);
}

static void write_scan(struct model *m)
{
	json_t *units = json_array(), *scan;
	char *path = ws_path(&s, "scan.json");

	for (size_t i = 0; i < m->count; i++)
		json_array_append_new(units, unit_to_json(m->units[i]));
	scan = json_pack("{ssso}", "spatch", "1.1.1", "units",
			 units);
	ok(!json_write(path, scan), "scan.json is written");
	json_decref(scan);
	free(path);
}

static void fill_workspace(void)
{
	static const char done[] =
		"{\"key\":\"k\",\"verdict\":\"converted\",\"hazards\":[]}";
	struct model m = {0};
	struct unit *u;

	add(&m, "zeta", "net/zeta/zeta.c", KEPT, "stacked");
	add(&m, "plan", "drivers/net/plan.c", CONVERTED, NULL);
	add(&m, "hand", "drivers/net/ethernet/a/b/hand.c", MANUAL, "tx-queue");
	u = add(&m, "good", "drivers/net/ethernet/a/good.c", CONVERTED, NULL);
	put_file(u, "convert.json", done);
	put_file(u, "convert.patch", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\xe9\n"
				     "+</pre><script>alert(1)</script>\n");
	put_file(u, "convert.log", "said \xff\xfe\x1b[31m\n");
	put_file(u, "build.json",
		 "{\"build\":[{\"arch\":\"x86_64\",\"config\":\"all\",\"result\":"
		 "\"pass\",\"new_warnings\":[\"x.c:1: <unused>\"]},{}]}");
	put_file(u, "series.json",
		 "{\"wave\":2,\"checkpatch\":[{\"level\":\"CHECK\",\"type\":"
		 "\"T\",\"message\":\"m\",\"at\":\"\",\"ours\":false}]}");
	u = add(&m, "bad", "drivers/net/bad.c", CONVERTED, NULL);
	put_file(u, "convert.json", done);
	put_file(u, "convert.patch", "");
	put_file(u, "build.json",
		 "{\"build\":[{\"arch\":\"x86_64\",\"config\":\"all\",\"result\":"
		 "\"fail\",\"new_warnings\":[],\"why\":\"bad.c:3: error\"}]}");
	u = add(&m, "turned", "drivers/net/turned.c", CONVERTED, NULL);
	put_file(u, "convert.json",
		 "{\"verdict\":\"failed\",\"reason\":\"timeout\",\"note\":\"n\"}");
	put_file(u, "convert.patch", "stale");
	model_sort(&m);
	write_scan(&m);
	model_free(&m);
}

static const json_t *named(const json_t *report, const char *name)
{
	const json_t *u;
	size_t i;

	json_array_foreach(json_object_get(report, "units"), i, u)
		if (!strcmp(json_string_value(json_object_get(u, "name")),
			    name))
			return u;
	return NULL;
}

static const char *word(const json_t *object, const char *a, const char *b)
{
	const json_t *inner = json_object_get(object, a);

	return json_string_value(b ? json_object_get(inner, b) : inner);
}

static json_int_t number(const json_t *totals, const char *a, const char *b)
{
	return json_integer_value(
		json_object_get(json_object_get(totals, a), b));
}

static bool string_or_null(const json_t *object, const char *key)
{
	const json_t *j = json_object_get(object, key);

	return json_is_string(j) || json_is_null(j);
}

/* Every key of the contract, with its type. */
static void contract(const json_t *report)
{
	const json_t *e;
	size_t i, bad = 0;

	ok(word(report, "tool", "rxasync") && word(report, "tool", "spatch"),
	   "versions of the tools");
	is(word(report, "tool", "spatch"), "1.1.1", "the scan's spatch");
	is(word(report, "tree", "path"), "/a tree", "the tree");
	is(word(report, "tree", "version"), "7.3.4", "its version");
	is(word(report, "tree", "flavour"), "int", "its flavour");
	json_array_foreach(json_object_get(report, "assignments"), i, e)
		bad += !(word(e, "file", NULL) && word(e, "ops", NULL) &&
			 word(e, "callback", NULL) && word(e, "unit", NULL) &&
			 verdict_parse(word(e, "verdict", NULL)) >= 0 &&
			 string_or_null(e, "reason") &&
			 json_is_integer(json_object_get(e, "line")) &&
			 json_is_array(json_object_get(e, "hazards")));
	ok(i == 6 && !bad, "six assignments with all their keys");
	json_array_foreach(json_object_get(report, "units"), i, e)
		bad += !(json_is_array(json_object_get(e, "files")) &&
			 verdict_parse(word(e, "verdict", NULL)) >= 0 &&
			 string_or_null(e, "config") &&
			 string_or_null(e, "status") &&
			 string_or_null(e, "reason") &&
			 string_or_null(e, "patch") &&
			 json_is_array(json_object_get(e, "build")) &&
			 json_is_array(json_object_get(e, "boot")) &&
			 (json_is_integer(json_object_get(e, "series")) ||
			  json_is_null(json_object_get(e, "series"))));
	ok(i == 6 && !bad, "six units with all their keys");
}

static void content(const json_t *report)
{
	const json_t *first = json_array_get(
		json_object_get(report, "assignments"), 0);
	const json_t *good = named(report, "good");
	const json_t *build = json_object_get(good, "build");
	const json_t *hand = named(report, "hand");

	is(word(first, "file", NULL), "drivers/net/bad.c",
	   "assignments come in the order of their files");
	ok(json_array_size(json_object_get(hand, "hazards")) == 2,
	   "a unit's hazards");
	is(word(good, "patch", NULL), "units/good/convert.patch",
	   "the patch by its path in the workspace");
	ok(json_integer_value(json_object_get(good, "series")) == 2, "its wave");
	is(word(json_array_get(build, 1), "result", NULL), "skip",
	   "a result without a word is no pass");
	is(word(json_array_get(build, 1), "arch", NULL), "unknown",
	   "an architecture without a name is unknown");
	is(word(good, "stages", "boot"), "not-run", "what never ran says so");
	is(word(named(report, "plan"), "patch", NULL), NULL,
	   "no patch before convert");
	is(word(named(report, "plan"), "stages", "convert"), "not-run",
	   "nor a word that it ran");
	is(word(named(report, "bad"), "verdict", NULL), "failed",
	   "a build that fails turns the verdict");
	is(word(named(report, "bad"), "reason", NULL), "build", "with a reason");
	is(word(named(report, "turned"), "patch", NULL), NULL,
	   "a patch that did not pass its checks is not offered");
	is(word(named(report, "turned"), "stages", "convert"), "fail",
	   "and its stage has failed");
	is(word(named(report, "turned"), "stages", "build"), "none",
	   "nothing is to be built then");
}

static void sums(const json_t *report)
{
	const json_t *t = json_object_get(report, "totals");
	const json_t *stages = json_object_get(t, "stages");

	ok(number(t, "assignments", "total") == 6 &&
	   number(t, "assignments", "converted") == 2 &&
	   number(t, "assignments", "kept") == 1 &&
	   number(t, "assignments", "manual") == 1 &&
	   number(t, "assignments", "failed") == 2, "the verdicts add up");
	ok(number(stages, "build", "not-run") == 2, "plan and the bad word");
	ok(number(stages, "build", "fail") == 1, "one build failed");
	ok(number(stages, "build", "pass") == 0, "none passed in all");
	ok(number(json_object_get(t, "hazards"), "H2", "open") == 2,
	   "places of a hazard");
	ok(number(json_object_get(json_object_get(t, "directories"),
				  "drivers/net/ethernet/a"),
		  "units", "total") == 2,
	   "folders are counted four names deep");
	ok(json_integer_value(json_object_get(t, "patches_with_remarks")) == 1 &&
	   !json_integer_value(json_object_get(t, "patches_with_new_remarks")),
	   "what the old lines earned as well is no new remark");
}

static bool good_text(const struct strbuf *sb)
{
	json_t *j = json_stringn(sb_str(sb), sb->len);
	bool good = j != NULL;

	json_decref(j);
	return good;
}

static size_t occurrences(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

static void page(struct model *m)
{
	char *html = ws_path(&s, "report.html");
	char *json = ws_path(&s, "report.json");
	struct strbuf first = {0}, again = {0}, data = {0};
	const char *text;

	ok(!report_run(&s, m), "the report is written");
	ok(!file_read(html, &first) && !file_read(json, &data), "both files");
	text = sb_str(&first);
	ok(good_text(&first), "the page is UTF-8");
	ok(occurrences(text, "<script>") == 1 &&
	   occurrences(text, "</script>") == 1, "nothing breaks out into script");
	ok(occurrences(text, "<tbody id=") == 6, "every unit has its row");
	ok(occurrences(text, "<details") == occurrences(text, "</details>") &&
	   occurrences(text, "<pre") == occurrences(text, "</pre>") &&
	   occurrences(text, "<div") == occurrences(text, "</div>"),
	   "what opens is closed");
	ok(!strstr(text, "http:") && !strstr(text, "https:"),
	   "nothing comes from the network");
	ok(strstr(text, "it was not booted"), "what was not booted is told");
	ok(!strstr(text, "stale"), "a refused patch is not shown");
	ok(!unlink(html) && !unlink(json) && !report_run(&s, m), "once more");
	ok(!file_read(html, &again) && again.len == first.len &&
	   !memcmp(again.buf, first.buf, first.len), "the very same page");
	ok(!file_read(json, &again) && again.len == data.len &&
	   !memcmp(again.buf, data.buf, data.len), "the very same JSON");

	ok(!unlink(html) && !unlink(json), "the reports go");
	s.dry_run = true;
	ok(!report_run(&s, m) && !file_exists(html) && !file_exists(json),
	   "a dry run writes nothing");
	s.dry_run = false;
	sb_free(&first);
	sb_free(&again);
	sb_free(&data);
	free(html);
	free(json);
}

static void chosen_units(struct model *m)
{
	char *path = ws_path(&s, "report.json");
	json_t *j;
	int error;

	sv_add(&s.units, "good");
	j = report_build(&s, m);
	ok(json_array_size(json_object_get(j, "units")) == 1 &&
	   json_array_size(json_object_get(j, "assignments")) == 1,
	   "only the units that were asked for");
	json_decref(j);
	ok(!report_run(&s, m), "the files are written for them");
	j = json_read(path, &error);
	ok(json_array_size(json_object_get(j, "units")) == 6,
	   "but the files leave nothing out");
	json_decref(j);
	free(path);
	sv_free(&s.units);
}

static void small_ones(void)
{
	static const char *const paths[][2] = {
		{"drivers/net/ethernet/intel/e1000/x.c",
		 "drivers/net/ethernet/intel"},
		{"drivers/net/tun.c", "drivers/net"},
		{"x.c", "."},
	};

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		char *dir = tally_dir(paths[i][0]);

		is(dir, paths[i][1], "the folder of %s", paths[i][0]);
		free(dir);
	}
	ok(hazard_id_compare("H2", "H10") < 0 &&
	   hazard_id_compare("H10", "H2") > 0 &&
	   !hazard_id_compare("H7", "H7"), "H2 stands before H10");
	ok(stage_parse("pass") == STAGE_PASS &&
	   stage_parse("passed") == STAGE_NOT_RUN &&
	   stage_parse(NULL) == STAGE_NOT_RUN, "only the word itself passes");
}

int main(void)
{
	char ws[] = "/tmp/test-report-XXXXXX";
	struct model m = {0};
	json_t *report;

	say_quiet(true);
	s.tree = "/a tree";
	s.version = "7.3.4";
	s.flavour = FLAVOUR_INT;
	s.ws = mkdtemp(ws);
	if (!s.ws)
		return 1;
	ok(model_load(&s, &m) == -ENOENT, "no scan, no model");
	fill_workspace();
	ok(!model_load(&s, &m), "the workspace is read");
	report = report_build(&s, &m);
	contract(report);
	content(report);
	sums(report);
	json_decref(report);
	page(&m);
	chosen_units(&m);
	small_ones();
	model_free(&m);
	remove_tree(s.ws);
	return done_testing();
}
