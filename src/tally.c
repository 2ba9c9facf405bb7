// SPDX-License-Identifier: GPL-2.0-only
#include "tally.h"

#include <stdlib.h>
#include <string.h>

static const char *const stage_words[] = {
	[STAGE_NONE] = "none",
	[STAGE_PASS] = "pass",
	[STAGE_SKIP] = "skip",
	[STAGE_NOT_BUILT] = "not-built",
	[STAGE_NOT_RUN] = "not-run",
	[STAGE_FAIL] = "fail",
};

const char *stage_word(enum stage_result r)
{
	return stage_words[r];
}

enum stage_result stage_parse(const char *word)
{
	for (int i = STAGE_PASS; word && i < STAGE_RESULTS; i++)
		if (!strcmp(word, stage_words[i]))
			return i;
	return STAGE_NOT_RUN;
}

const char *stage_name(enum stage stage)
{
	static const char *const names[] = {
		[STAGE_CONVERT] = "convert",
		[STAGE_BUILD] = "build",
		[STAGE_BOOT] = "boot",
		[STAGE_SERIES] = "series",
	};

	return names[stage];
}

static enum stage_result worst_of(const json_t *results)
{
	enum stage_result worst = STAGE_NONE;
	const json_t *r;
	size_t i;

	json_array_foreach(results, i, r) {
		enum stage_result found = stage_parse(
			json_string_value(json_object_get(r, "result")));

		if (found > worst)
			worst = found;
	}
	return worst;
}

static enum stage_result convert_result(const struct unit *u)
{
	if (!u->convert)
		return u->verdict == CONVERTED ? STAGE_NOT_RUN : STAGE_NONE;
	return unit_was_converted(u) ? STAGE_PASS : STAGE_FAIL;
}

enum stage_result stage_of(const struct unit *u, enum stage stage)
{
	enum stage_result r = STAGE_NONE;

	switch (stage) {
	case STAGE_CONVERT:
		return convert_result(u);
	case STAGE_BUILD:
		r = worst_of(json_object_get(u->build, "build"));
		break;
	case STAGE_BOOT:
		r = worst_of(json_object_get(u->boot, "boot"));
		break;
	case STAGE_SERIES:
		if (json_is_integer(json_object_get(u->series, "wave")))
			r = STAGE_PASS;
		break;
	default:
		break;
	}
	if (r == STAGE_NONE && u->verdict == CONVERTED)
		r = STAGE_NOT_RUN;
	return r;
}

size_t unit_new_warnings(const struct unit *u)
{
	const json_t *b;
	size_t i, n = 0;

	json_array_foreach(json_object_get(u->build, "build"), i, b)
		n += json_array_size(json_object_get(b, "new_warnings"));
	return n;
}

bool remark_is_ours(const json_t *remark)
{
	return !json_is_false(json_object_get(remark, "ours"));
}

static bool has_ours(const json_t *remarks)
{
	const json_t *r;
	size_t i;

	json_array_foreach(remarks, i, r)
		if (remark_is_ours(r))
			return true;
	return false;
}

char *tally_dir(const char *path)
{
	const char *end = path;

	for (int depth = 0; depth < 4; depth++) {
		const char *slash = strchr(end == path ? path : end + 1, '/');

		if (!slash)
			break;
		end = slash;
	}
	return end == path ? xstrdup(".") : xstrndup(path, end - path);
}

int hazard_id_compare(const char *a, const char *b)
{
	size_t la = strcspn(a, "0123456789"), lb = strcspn(b, "0123456789");
	long na = strtol(a + la, NULL, 10), nb = strtol(b + lb, NULL, 10);

	return na != nb ? (na > nb) - (na < nb) : strcmp(a, b);
}

static struct tally_row *row(struct tally_rows *rows, const char *key)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!strcmp(rows->v[i].key, key))
			return &rows->v[i];
	GROW(rows->v, rows->n, rows->cap);
	rows->v[rows->n] = (struct tally_row){.key = xstrdup(key)};
	return &rows->v[rows->n++];
}

static void count_assignment(struct tally *t, const struct assignment *a)
{
	char *dir = tally_dir(a->file);

	t->assignments++;
	t->by_assignment[a->verdict]++;
	row(&t->reasons, a->reason ? a->reason : "")
		->assignments[a->verdict]++;
	row(&t->classes, a->class)->assignments[a->verdict]++;
	row(&t->dirs, dir)->assignments[a->verdict]++;
	free(dir);
}

static void count_hazards(struct tally *t, const struct unit *u)
{
	for (size_t i = 0; i < u->hazards.n; i++) {
		const struct hazard *h = &u->hazards.v[i];
		struct tally_row *r = row(&t->hazards, h->id);
		bool first = true;

		r->places[h->outcome]++;
		r->noted += h->outcome == OPEN && u->verdict == CONVERTED;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(u->hazards.v[k].id, h->id))
				first = false;
		r->hit += first;
	}
}

/* Each folder and class that the unit has an assignment in counts it once. */
static void count_unit_rows(struct tally *t, const struct unit *u)
{
	struct strvec dirs = {0}, classes = {0};

	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];
		char *dir = tally_dir(a->file);

		if (sv_add_once(&dirs, dir))
			row(&t->dirs, dir)->units[u->verdict]++;
		if (sv_add_once(&classes, a->class))
			row(&t->classes, a->class)->units[u->verdict]++;
		free(dir);
	}
	sv_free(&dirs);
	sv_free(&classes);
}

static void count_unit(struct tally *t, const struct unit *u)
{
	const json_t *remarks = json_object_get(u->series, "checkpatch");
	int wave = (int)json_integer_value(json_object_get(u->series, "wave"));

	t->units++;
	t->by_unit[u->verdict]++;
	for (size_t i = 0; i < u->assignment_count; i++)
		count_assignment(t, &u->assignments[i]);
	row(&t->reasons, u->reason ? u->reason : "")->units[u->verdict]++;
	count_unit_rows(t, u);
	count_hazards(t, u);
	for (int i = 0; i < STAGES; i++)
		t->stages[i][stage_of(u, i)]++;
	t->new_warnings += unit_new_warnings(u) != 0;
	t->checked += json_is_array(remarks);
	t->remarked += json_array_size(remarks) != 0;
	t->ours += has_ours(remarks);
	if (wave > t->waves)
		t->waves = wave;
}

static int worst_verdict(const struct tally_row *r)
{
	for (int v = FAILED; v > CONVERTED; v--)
		if (r->assignments[v] + r->units[v])
			return v;
	return CONVERTED;
}

static int compare_keys(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static int compare_reasons(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;
	int vx = worst_verdict(x), vy = worst_verdict(y);

	if (vx != vy)
		return vx - vy;
	if (x->assignments[vx] != y->assignments[vx])
		return x->assignments[vx] < y->assignments[vx] ? 1 : -1;
	return strcmp(x->key, y->key);
}

static int compare_ids(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;

	return hazard_id_compare(x->key, y->key);
}

static void sort(struct tally_rows *rows,
		 int (*compare)(const void *, const void *))
{
	if (rows->n)
		qsort(rows->v, rows->n, sizeof(*rows->v), compare);
}

void tally_make(struct tally *t, const struct session *s,
		const struct model *m)
{
	*t = (struct tally){0};
	for (size_t i = 0; i < m->count; i++)
		if (!s || session_wants(s, m->units[i]))
			count_unit(t, m->units[i]);
	sort(&t->reasons, compare_reasons);
	sort(&t->classes, compare_keys);
	sort(&t->dirs, compare_keys);
	sort(&t->hazards, compare_ids);
}

static void rows_free(struct tally_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		free(rows->v[i].key);
	free(rows->v);
}

void tally_free(struct tally *t)
{
	rows_free(&t->reasons);
	rows_free(&t->classes);
	rows_free(&t->dirs);
	rows_free(&t->hazards);
	*t = (struct tally){0};
}
