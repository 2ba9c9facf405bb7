// SPDX-License-Identifier: GPL-2.0-only
#include "model.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

static const char *const verdict_words[] = {
	[CONVERTED] = "converted",
	[KEPT] = "kept",
	[MANUAL] = "manual",
	[FAILED] = "failed",
};

static const char *const outcome_words[] = {
	[RULED_OUT] = "ruled-out",
	[MENDED] = "mended",
	[OPEN] = "open",
};

static int parse_word(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; word && i < n; i++)
		if (!strcmp(word, words[i]))
			return (int)i;
	return -EINVAL;
}

const char *verdict_name(enum verdict v)
{
	return verdict_words[v];
}

int verdict_parse(const char *word)
{
	return parse_word(word, verdict_words, ARRAY_SIZE(verdict_words));
}

const char *outcome_name(enum outcome o)
{
	return outcome_words[o];
}

const struct reason *reason_find(const char *code)
{
	for (const struct reason *r = reasons; code && r->code; r++)
		if (!strcmp(r->code, code))
			return r;
	return NULL;
}

const char *hazard_title(const char *id)
{
	for (const struct hazard_kind *k = hazard_kinds; k->id; k++)
		if (!strcmp(k->id, id))
			return k->title;
	return "";
}

void hazard_add(struct hazards *hs, const char *id, char *at,
		enum outcome outcome, char *note)
{
	for (size_t i = 0; i < hs->n; i++) {
		const struct hazard *h = &hs->v[i];

		if (!strcmp(h->id, id) && !strcmp(h->at, at) &&
		    h->outcome == outcome) {
			free(at);
			free(note);
			return;
		}
	}
	GROW(hs->v, hs->n, hs->cap);
	hs->v[hs->n++] = (struct hazard){xstrdup(id), at, outcome, note};
}

void hazards_free(struct hazards *hs)
{
	for (size_t i = 0; i < hs->n; i++) {
		free(hs->v[i].id);
		free(hs->v[i].at);
		free(hs->v[i].note);
	}
	free(hs->v);
	*hs = (struct hazards){0};
}

struct unit *model_add(struct model *m, const char *name)
{
	struct unit *u = xcalloc(1, sizeof(*u));

	u->name = xstrdup(name);
	GROW(m->units, m->count, m->cap);
	m->units[m->count++] = u;
	return u;
}

struct unit *model_find(const struct model *m, const char *name)
{
	for (size_t i = 0; i < m->count; i++)
		if (!strcmp(m->units[i]->name, name))
			return m->units[i];
	return NULL;
}

static int compare_units(const void *a, const void *b)
{
	return strcmp((*(struct unit *const *)a)->name,
		      (*(struct unit *const *)b)->name);
}

void model_sort(struct model *m)
{
	if (m->count)
		qsort(m->units, m->count, sizeof(*m->units), compare_units);
}

void unit_reset(struct unit *u)
{
	hazards_free(&u->hazards);
	u->hazards = (struct hazards){0};
	sv_free(&u->files);
}

static void unit_free(struct unit *u)
{
	for (size_t i = 0; i < u->assignment_count; i++) {
		struct assignment *a = &u->assignments[i];

		free(a->file);
		free(a->ops);
		free(a->callback);
		free(a->config);
		free(a->form);
		free(a->class);
		free(a->reason);
		free(a->note);
	}
	free(u->assignments);
	hazards_free(&u->hazards);
	sv_free(&u->files);
	free(u->name);
	free(u->config);
	free(u->status);
	free(u->subsystem);
	free(u->reason);
	free(u->note);
	free(u->deferral);
	free(u->keeps);
	free(u->keeps_note);
	json_decref(u->convert);
	json_decref(u->build);
	json_decref(u->boot);
	json_decref(u->series);
	free(u);
}

static int compare_assignments(const void *a, const void *b)
{
	const struct assignment *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	return c ? c : x->line - y->line;
}

void model_join(struct model *m, struct unit *to, struct unit *from)
{
	size_t kept = 0;

	for (size_t i = 0; i < from->assignment_count; i++)
		*unit_add_assignment(to) = from->assignments[i];
	from->assignment_count = 0;
	qsort(to->assignments, to->assignment_count, sizeof(*to->assignments),
	      compare_assignments);
	for (size_t i = 0; i < m->count; i++)
		if (m->units[i] != from)
			m->units[kept++] = m->units[i];
	m->count = kept;
	unit_free(from);
}

void model_free(struct model *m)
{
	for (size_t i = 0; i < m->count; i++)
		unit_free(m->units[i]);
	free(m->units);
	*m = (struct model){0};
}

struct assignment *unit_add_assignment(struct unit *u)
{
	GROW(u->assignments, u->assignment_count, u->assignment_cap);
	u->assignments[u->assignment_count] = (struct assignment){0};
	return &u->assignments[u->assignment_count++];
}

static void set_string(char **where, const char *s)
{
	char *copy = s ? xstrdup(s) : NULL;

	free(*where);
	*where = copy;
}

void unit_decide(struct unit *u, enum verdict v, const char *reason,
		 const char *note_fmt, ...)
{
	va_list ap;
	char *note;

	va_start(ap, note_fmt);
	note = xvasprintf(note_fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < u->assignment_count; i++) {
		u->assignments[i].verdict = v;
		set_string(&u->assignments[i].reason, reason);
		set_string(&u->assignments[i].note, note);
	}
	u->verdict = v;
	set_string(&u->reason, reason);
	set_string(&u->note, note);
	free(note);
}

void unit_defers(struct unit *u, const char *what, const char *keeps,
		 const char *note)
{
	set_string(&u->deferral, what);
	set_string(&u->keeps, keeps);
	set_string(&u->keeps_note, note);
}

static json_t *string_or_null(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *hazards_to_json(const struct hazards *hs)
{
	json_t *j = json_array();

	for (size_t i = 0; i < hs->n; i++) {
		const struct hazard *h = &hs->v[i];

		json_array_append_new(j, json_pack("{ssssssss}", "id", h->id,
						   "at", h->at, "outcome",
						   outcome_name(h->outcome),
						   "note", h->note));
	}
	return j;
}

static json_t *assignment_to_json(const struct assignment *a)
{
	return json_pack("{so sssisisisssssssssssoso}", "config",
			 string_or_null(a->config), "file", a->file,
			 "line", a->line, "col", a->col, "col_end", a->col_end,
			 "ops", a->ops, "callback", a->callback, "form",
			 a->form, "class", a->class, "verdict",
			 verdict_name(a->verdict), "reason",
			 string_or_null(a->reason), "note",
			 string_or_null(a->note));
}

static json_t *deferral_to_json(const struct unit *u)
{
	if (!u->deferral)
		return json_null();
	return json_pack("{ss so so}", "what", u->deferral, "keeps",
			 string_or_null(u->keeps), "note",
			 string_or_null(u->keeps_note));
}

json_t *unit_to_json(const struct unit *u)
{
	json_t *as = json_array();

	for (size_t i = 0; i < u->assignment_count; i++)
		json_array_append_new(as,
				      assignment_to_json(&u->assignments[i]));
	return json_pack("{ss so so so so ss so so so so so}", "name", u->name,
			 "files", json_from_strings(&u->files), "config",
			 string_or_null(u->config), "status",
			 string_or_null(u->status), "subsystem",
			 string_or_null(u->subsystem), "verdict",
			 verdict_name(u->verdict), "reason",
			 string_or_null(u->reason), "note",
			 string_or_null(u->note), "hazards",
			 hazards_to_json(&u->hazards), "deferral",
			 deferral_to_json(u), "assignments", as);
}

static int hazards_from_json(struct hazards *hs, const json_t *j)
{
	json_t *h;
	size_t i;

	json_array_foreach(j, i, h) {
		const char *id, *at, *word, *note;
		int outcome;

		if (json_unpack(h, "{ssssssss}", "id", &id, "at", &at,
				"outcome", &word, "note", &note))
			return -EINVAL;
		outcome = parse_word(word, outcome_words,
				     ARRAY_SIZE(outcome_words));
		if (outcome < 0)
			return outcome;
		hazard_add(hs, id, xstrdup(at), outcome, xstrdup(note));
	}
	return 0;
}

static int assignment_from_json(struct unit *u, const json_t *j)
{
	struct assignment *a = unit_add_assignment(u);
	int v = verdict_parse(json_string_value(json_object_get(j, "verdict")));

	a->file = json_str_dup(j, "file");
	a->line = (int)json_integer_value(json_object_get(j, "line"));
	a->col = (int)json_integer_value(json_object_get(j, "col"));
	a->col_end = (int)json_integer_value(json_object_get(j, "col_end"));
	a->ops = json_str_dup(j, "ops");
	a->callback = json_str_dup(j, "callback");
	a->config = json_str_dup(j, "config");
	a->form = json_str_dup(j, "form");
	a->class = json_str_dup(j, "class");
	a->reason = json_str_dup(j, "reason");
	a->note = json_str_dup(j, "note");
	if (v < 0 || !a->file || !a->ops || !a->callback || !a->form ||
	    !a->class)
		return -EINVAL;
	a->verdict = v;
	return 0;
}

static void deferral_from_json(struct unit *u, const json_t *j)
{
	unit_defers(u, json_string_value(json_object_get(j, "what")),
		    json_string_value(json_object_get(j, "keeps")),
		    json_string_value(json_object_get(j, "note")));
}

int unit_from_json(struct model *m, const json_t *j)
{
	const char *name = json_string_value(json_object_get(j, "name"));
	int v = verdict_parse(json_string_value(json_object_get(j, "verdict")));
	struct unit *u;
	json_t *e;
	size_t i;
	int ret;

	if (!name || v < 0)
		return -EINVAL;
	u = model_add(m, name);
	u->verdict = v;
	u->config = json_str_dup(j, "config");
	u->status = json_str_dup(j, "status");
	u->subsystem = json_str_dup(j, "subsystem");
	u->reason = json_str_dup(j, "reason");
	u->note = json_str_dup(j, "note");
	deferral_from_json(u, json_object_get(j, "deferral"));
	json_strings(json_object_get(j, "files"), &u->files);
	ret = hazards_from_json(&u->hazards, json_object_get(j, "hazards"));
	json_array_foreach(json_object_get(j, "assignments"), i, e)
		if (!ret)
			ret = assignment_from_json(u, e);
	return ret;
}

bool unit_was_converted(const struct unit *u)
{
	return verdict_parse(json_str(u->convert, "verdict")) == CONVERTED;
}

/* A stage's file of a unit; NULL where the stage has not been there. */
static json_t *stage_json(const struct session *s, const struct unit *u,
			  const char *file)
{
	char *path = unit_path(s, u, file);
	int error;
	json_t *j = json_read(path, &error);

	if (error && error != -ENOENT)
		warn("%s is damaged and is left out: run the stage again", path);
	free(path);
	return j;
}

/* What convert found out stands above what scan expected. */
static void apply_convert(struct unit *u)
{
	int v = verdict_parse(
		json_string_value(json_object_get(u->convert, "verdict")));
	const char *reason;
	json_t *files;

	if (v < 0)
		return;
	hazards_free(&u->hazards);
	hazards_from_json(&u->hazards, json_object_get(u->convert, "hazards"));
	deferral_from_json(u, json_object_get(u->convert, "deferral"));
	/* "--collapse" changes more files than the scan says. */
	files = json_object_get(u->convert, "files");
	if (json_array_size(files)) {
		sv_free(&u->files);
		json_strings(files, &u->files);
	}
	if (v == CONVERTED)
		return;
	reason = json_string_value(json_object_get(u->convert, "reason"));
	unit_decide(u, v, reason, "%s", json_str(u->convert, "note"));
}

/* A test that failed; not one that the tree's own driver fails as well. */
static void apply_test(struct unit *u, const json_t *stage, const char *name)
{
	json_t *b;
	size_t i;

	json_array_foreach(json_object_get(stage, name), i, b) {
		if (u->verdict == CONVERTED &&
		    !strcmp(json_str(b, "result"), "fail") &&
		    !json_is_true(json_object_get(b, "legacy_too")))
			unit_decide(u, FAILED, name, "%s", json_str(b, "why"));
	}
}

int model_load(struct session *s, struct model *m)
{
	char *path = ws_path(s, "scan.json");
	int ret;
	json_t *u, *j = json_read(path, &ret);
	size_t i;

	free(path);
	json_array_foreach(json_object_get(j, "units"), i, u)
		if (!ret)
			ret = unit_from_json(m, u);
	json_decref(j);
	model_sort(m);
	for (i = 0; !ret && i < m->count; i++) {
		struct unit *unit = m->units[i];

		if (unit->verdict == CONVERTED) {
			unit->convert = stage_json(s, unit, "convert.json");
			apply_convert(unit);
		}
		if (unit->verdict == CONVERTED) {
			unit->build = stage_json(s, unit, "build.json");
			unit->boot = stage_json(s, unit, "boot.json");
			unit->series = stage_json(s, unit, "series.json");
			apply_test(unit, unit->build, "build");
			apply_test(unit, unit->boot, "boot");
		} else if (unit->verdict == KEPT) {
			/* Such a one may have been on top of a converted. */
			unit->boot = stage_json(s, unit, "boot.json");
		}
	}
	return ret;
}
