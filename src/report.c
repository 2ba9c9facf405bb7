// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "page.h"
#include "tally.h"

/* jansson takes no text that is not UTF-8. */
static json_t *text(const char *s)
{
	char *clean = utf8_dup(s);
	json_t *j = json_string(clean);

	free(clean);
	return j;
}

static json_t *text_or_null(const char *s)
{
	return s ? text(s) : json_null();
}

static void put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static void put_count(json_t *object, const char *key, size_t n)
{
	put(object, key, json_integer((json_int_t)n));
}

static json_t *counts(const size_t *n)
{
	json_t *j = json_object();
	size_t total = 0;

	for (int v = CONVERTED; v <= FAILED; v++) {
		put_count(j, verdict_name(v), n[v]);
		total += n[v];
	}
	put_count(j, "total", total);
	return j;
}

/* The keys come from model strings, so they are cleaned as well. */
static json_t *rows(const struct tally_rows *from)
{
	json_t *j = json_object();

	for (size_t i = 0; i < from->n; i++) {
		const struct tally_row *r = &from->v[i];
		char *key = utf8_dup(r->key);
		json_t *one = json_object();

		put(one, "assignments", counts(r->assignments));
		put(one, "units", counts(r->units));
		put(j, key, one);
		free(key);
	}
	return j;
}

static json_t *hazard_rows(const struct tally_rows *from)
{
	json_t *j = json_object();

	for (size_t i = 0; i < from->n; i++) {
		const struct tally_row *r = &from->v[i];
		json_t *one = json_object();
		char *key = utf8_dup(r->key);

		for (int o = RULED_OUT; o <= OPEN; o++)
			put_count(one, outcome_name(o), r->places[o]);
		put_count(one, "open_in_converted", r->noted);
		put_count(one, "units", r->hit);
		put(j, key, one);
		free(key);
	}
	return j;
}

static json_t *totals(const struct tally *t)
{
	json_t *j = json_object(), *stages = json_object();

	put(j, "assignments", counts(t->by_assignment));
	put(j, "units", counts(t->by_unit));
	put(j, "reasons", rows(&t->reasons));
	put(j, "classes", rows(&t->classes));
	put(j, "directories", rows(&t->dirs));
	put(j, "hazards", hazard_rows(&t->hazards));
	for (int i = 0; i < STAGES; i++) {
		json_t *one = json_object();

		for (int r = STAGE_PASS; r < STAGE_RESULTS; r++)
			put_count(one, stage_word(r), t->stages[i][r]);
		put(stages, stage_name(i), one);
	}
	put(j, "stages", stages);
	put_count(j, "units_with_new_warnings", t->new_warnings);
	put_count(j, "patches_checked", t->checked);
	put_count(j, "patches_with_remarks", t->remarked);
	put_count(j, "patches_with_new_remarks", t->ours);
	return j;
}

static json_t *hazards(const struct unit *u)
{
	json_t *j = json_array();

	for (size_t i = 0; i < u->hazards.n; i++) {
		const struct hazard *h = &u->hazards.v[i];
		json_t *one = json_object();

		put(one, "id", text(h->id));
		put(one, "at", text(h->at));
		put(one, "outcome", json_string(outcome_name(h->outcome)));
		put(one, "note", text(h->note));
		json_array_append_new(j, one);
	}
	return j;
}

static json_t *assignment(const struct unit *u, const struct assignment *a)
{
	json_t *j = json_object();

	put(j, "file", text(a->file));
	put(j, "line", json_integer(a->line));
	put(j, "ops", text(a->ops));
	put(j, "callback", text(a->callback));
	put(j, "unit", text(u->name));
	put(j, "verdict", json_string(verdict_name(a->verdict)));
	put(j, "reason", text_or_null(a->reason));
	put(j, "hazards", hazards(u));
	put(j, "col", json_integer(a->col));
	put(j, "form", text(a->form));
	put(j, "class", text(a->class));
	put(j, "note", text_or_null(a->note));
	return j;
}

static void need_string(json_t *object, const char *key)
{
	if (!json_is_string(json_object_get(object, key)))
		put(object, key, json_string("unknown"));
}

/*
 * A stage's results with the contract's keys in each, whatever its file
 * lacks. A word that is no result must not pass for one.
 */
static json_t *results(const json_t *from, const char *key, const char *a,
		       const char *b, const char *list)
{
	const json_t *array = json_object_get(from, key);
	json_t *j = json_array();
	const json_t *e;
	size_t i;

	json_array_foreach(array, i, e) {
		json_t *one = json_is_object(e) ? json_deep_copy(e) :
						  json_object();
		const char *word =
			json_string_value(json_object_get(one, "result"));

		need_string(one, a);
		need_string(one, b);
		if (stage_parse(word) == STAGE_NOT_RUN)
			put(one, "result", json_string("skip"));
		if (list && !json_is_array(json_object_get(one, list)))
			put(one, list, json_array());
		if (!list && !json_is_string(json_object_get(one, "why")))
			put(one, "why", json_string(""));
		json_array_append_new(j, one);
	}
	return j;
}

char *report_patch(const struct session *s, const struct unit *u)
{
	char *path;
	bool there;

	if (stage_of(u, STAGE_CONVERT) != STAGE_PASS)
		return NULL;
	path = unit_path(s, u, "convert.patch");
	there = file_exists(path);
	free(path);
	return there ? xasprintf("units/%s/convert.patch", u->name) : NULL;
}

static json_t *strings(const struct strvec *sv)
{
	json_t *j = json_array();

	for (size_t i = 0; i < sv->n; i++)
		json_array_append_new(j, text(sv->v[i]));
	return j;
}

static json_t *deferral(const struct unit *u)
{
	json_t *j;

	if (!u->deferral)
		return json_null();
	j = json_object();
	put(j, "what", text(u->deferral));
	put(j, "keeps", text_or_null(u->keeps));
	put(j, "note", text_or_null(u->keeps_note));
	return j;
}

static json_t *unit(const struct session *s, const struct unit *u)
{
	json_t *j = json_object(), *stages = json_object();
	json_t *wave = json_object_get(u->series, "wave");
	json_t *remarks = json_object_get(u->series, "checkpatch");
	char *patch = report_patch(s, u);

	put(j, "name", text(u->name));
	put(j, "files", strings(&u->files));
	put(j, "config", text_or_null(u->config));
	put(j, "status", text_or_null(u->status));
	put(j, "subsystem", text_or_null(u->subsystem));
	put(j, "verdict", json_string(verdict_name(u->verdict)));
	put(j, "reason", text_or_null(u->reason));
	put(j, "note", text_or_null(u->note));
	put(j, "hazards", hazards(u));
	put(j, "deferral", deferral(u));
	put(j, "patch", text_or_null(patch));
	put(j, "build",
	    results(u->build, "build", "arch", "config", "new_warnings"));
	put(j, "boot", results(u->boot, "boot", "machine", "nic", NULL));
	put(j, "series", json_is_integer(wave) ? json_copy(wave) : json_null());
	put(j, "checkpatch",
	    json_is_array(remarks) ? json_deep_copy(remarks) : json_null());
	for (int i = 0; i < STAGES; i++)
		put(stages, stage_name(i),
		    json_string(stage_word(stage_of(u, i))));
	put(j, "stages", stages);
	free(patch);
	return j;
}

struct place {
	const struct unit *unit;
	const struct assignment *a;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->a->file, y->a->file);

	if (order)
		return order;
	if (x->a->line != y->a->line)
		return x->a->line - y->a->line;
	return x->a->col - y->a->col;
}

static json_t *assignments(const struct session *s, const struct model *m)
{
	struct place *places = NULL;
	size_t n = 0, cap = 0;
	json_t *j = json_array();

	for (size_t i = 0; i < m->count; i++) {
		const struct unit *u = m->units[i];

		for (size_t k = 0; session_wants(s, u) &&
				   k < u->assignment_count; k++) {
			GROW(places, n, cap);
			places[n++] = (struct place){u, &u->assignments[k]};
		}
	}
	if (n)
		qsort(places, n, sizeof(*places), compare_places);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, assignment(places[i].unit,
						    places[i].a));
	free(places);
	return j;
}

char *report_spatch(const struct session *s)
{
	char *path = ws_path(s, "scan.json"), *version;
	int error;
	json_t *scan = json_read(path, &error);
	const char *word =
		json_string_value(json_object_get(scan, "spatch"));

	version = xstrdup(word ? word : "unknown");
	json_decref(scan);
	free(path);
	return version;
}

json_t *report_build(const struct session *s, const struct model *m)
{
	json_t *j = json_object(), *tool = json_object();
	json_t *tree = json_object(), *units = json_array();
	char *spatch = report_spatch(s);
	struct tally t;

	put(tool, "rxasync", json_string(RXASYNC_VERSION));
	put(tool, "spatch", json_string(spatch));
	free(spatch);
	put(tree, "path", text(s->tree));
	put(tree, "version", text(s->version));
	put(tree, "flavour", json_string(flavour_name(s->flavour)));
	for (size_t i = 0; i < m->count; i++)
		if (session_wants(s, m->units[i]))
			json_array_append_new(units, unit(s, m->units[i]));
	tally_make(&t, s, m);
	put(j, "tool", tool);
	put(j, "tree", tree);
	put(j, "assignments", assignments(s, m));
	put(j, "units", units);
	put(j, "totals", totals(&t));
	tally_free(&t);
	return j;
}

static int write_json(struct session *s, const struct model *m)
{
	struct session whole = *s;
	char *path = ws_path(s, "report.json");
	json_t *j;
	int ret;

	whole.units = (struct strvec){0};
	j = report_build(&whole, m);
	ret = json_write(path, j);
	json_decref(j);
	free(path);
	return ret;
}

int report_run(struct session *s, struct model *m)
{
	struct strbuf html = {0};
	char *path;
	int ret;

	if (s->dry_run)
		return 0;
	path = ws_path(s, "report.html");
	say("REPORT", "%s", path);
	ret = write_json(s, m);
	if (!ret) {
		page_write(&html, s, m);
		ret = file_write_if_changed(path, html.buf, html.len);
	}
	sb_free(&html);
	free(path);
	return ret;
}

void report_print_stage(const struct session *s, const struct model *m,
			const char *stage)
{
	json_t *units = json_array();
	char *dump;

	for (size_t i = 0; i < m->count; i++) {
		const struct unit *u = m->units[i];
		const json_t *of = !strcmp(stage, "boot") ? u->boot : u->build;
		json_t *entries = json_object_get(of, stage);

		if (entries && session_wants(s, u))
			json_array_append_new(units,
					      json_pack("{sssO}", "name",
							u->name, stage,
							entries));
	}
	dump = json_dumps(units, JSON_INDENT(2) | JSON_SORT_KEYS);
	if (dump)
		puts(dump);
	free(dump);
	json_decref(units);
}
